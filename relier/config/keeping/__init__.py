"""Keeping it safe: backups and their rehearsal, restoring, upgrading with a way back.

backups      one sealed file holds the whole database as it was at one instant
sqlite, postgresql   how each database is copied out and put back
restoring    a backup in the place of the database; those erased since are erased again
upgrading    a new version: a backup first, and back to it if anything fails
serving      whether somebody serves this copy at the moment
rounds       what is done once a day without being asked
"""
