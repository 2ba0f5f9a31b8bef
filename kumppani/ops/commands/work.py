"""Does the jobs that were asked for on pages, one after the other, until it is stopped. Several may run, also on other machines that share the data
folder; each job is done once.

“kumppani serve” starts one of its own. Stopped (SIGTERM, Ctrl-C), it ends the job at hand; killed, it leaves one that another worker takes up again.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from django.core.management import CommandError

from kumppani.jobs.queue import forget_old
from kumppani.jobs.workbook import forget_unasked
from kumppani.jobs.worker import Worker, work_off
from kumppani.ops.tables import out_of_date


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="end when no job waits any more")
    parser.add_argument("--beside", type=int, metavar="PID", help="end when this process, which started it, is gone")


def run(options: Namespace) -> None:
    if out_of_date():
        raise CommandError("The tables of the database are not up to date: run “kumppani migrate” first.")
    if options.once:
        print(f"{work_off()} jobs done.")
        return
    Worker(beside=options.beside, hourly=(forget_old, forget_unasked)).run()
