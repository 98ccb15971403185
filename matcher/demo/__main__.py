"""``python -m matcher.demo``: the whole demo, or one of its parts."""

import sys

from matcher.app import create_app
from matcher.demo.running import demo_web, run_demo
from matcher.settings import read_settings
from matcher.worker import run_worker

if sys.argv[1:] == ["web"]:
    demo_web()
elif sys.argv[1:] == ["worker"]:
    settings = read_settings()
    run_worker(create_app(settings), settings)
else:
    run_demo()
