"""A user is someone who signs in. What they may do comes from their membership of a centre. A stay
is one browser where Relier is open in their name."""

import secrets
import uuid
from typing import Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str, **extra: object) -> "User":
        """Nobody is without a password: the page that changes it asks for the old one."""
        if not password:
            raise ValueError("A user needs a password.")
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        return user

    def invite(self, email: str, *, name: str) -> "User":
        """A user whose password nobody knows: they choose their own with a slip."""
        return self.create_user(email, secrets.token_urlsafe(32), name=name)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").lower())


class User(AbstractBaseUser):
    """An e-mail, a name and a language. No staff, no superuser: there is no back door."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, blank=True, default=""
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name


class StayQuerySet(models.QuerySet["Stay"]):
    def of(self, user: User) -> Self:
        """Those that a member may see and end, the latest used first."""
        return self.filter(user=user).order_by("-seen_at", "pk")


class Stay(models.Model):
    """One browser where someone has signed in: which kind, since when, last used when. Nothing of
    where it stands: no address is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="stays")
    session_key = models.CharField(max_length=40, unique=True, editable=False)
    device = models.CharField(max_length=30)  # see `devices`
    shared = models.BooleanField()
    began_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    objects = StayQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.device} ({self.began_at:%Y-%m-%d %H:%M})"
