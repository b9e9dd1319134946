"""What someone does with a telephone and a card."""

from django.urls import reverse

PICTURES = ["house", "key", "letter"]


def scan(phone, code):
    return phone.get(reverse("own:exchange", args=[code]))


def show(phone, pictures):
    """Press three pictures, one on each page; the last answer."""
    before = ""
    for picture in pictures:
        answer = phone.post(reverse("own:pictures"), {"before": before, "picture": picture})
        before = f"{before} {picture}".strip()
    return answer


def page(phone, name="home", **asked):
    return phone.get(reverse(f"own:{name}"), asked).content.decode()
