"""Signed in a moment ago, without passing the door: what weighs is not asked again."""

import time

from allauth.account.internal.flows import login
from django.test import Client

from relier.accounts.models import User


def just_entered(client: Client, user: User) -> None:
    client.force_login(user)
    session = client.session
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time()}]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
