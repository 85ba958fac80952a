"""Who may: actors, permissions, ceilings, recusal, the accused. It knows matters only by the columns they lend it."""
