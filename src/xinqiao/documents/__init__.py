"""Files that people hand in, papers that organs issue, and how papers reach people. The handle is the record stream."""
