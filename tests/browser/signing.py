"""Signed in without passing the door, for walks over many pages."""

from typing import Any

from django.conf import settings
from django.test import Client

from relier.accounts import stays
from relier.centres.models import Member
from tests.entering import just_entered


def cookies(member: Member, language: str, home: str) -> list[Any]:
    """The session of this member, who reads in this language, as their own browser keeps it."""
    type(member.user).objects.filter(pk=member.user.pk).update(language=language)
    client = Client()
    just_entered(client, member.user)
    session = client.session
    session[stays.SHARED] = False
    session.save()
    name = settings.SESSION_COOKIE_NAME
    return [{"name": name, "value": client.cookies[name].value, "url": home}]
