"""Settings of the run in `voices.py`: Relier's own, with one more address for the peer."""

from relier.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.voices_urls"
