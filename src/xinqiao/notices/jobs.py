"""Keep the queue of jobs small and moving. Every job of ours may run twice, so taking one up again is safe."""

from procrastinate import App
from procrastinate.jobs import Job, Status

KEEP_FINISHED_HOURS = 24


async def tidy(app: App) -> int:
    """Forget jobs that ended a day ago, and take up those whose worker is gone; how many were taken up."""
    manager = app.job_manager
    await manager.delete_old_jobs(nb_hours=KEEP_FINISHED_HOURS, include_failed=True, include_aborted=True)
    stalled = list(await manager.get_stalled_jobs())
    for job in stalled:
        await _take_up(app, job)
    return len(stalled)


async def _take_up(app: App, job: Job) -> None:
    """A job of a lock comes again by itself with the next round; putting it back could meet that one in the queue."""
    if job.queueing_lock:
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
    else:
        await app.job_manager.retry_job(job)
