"""Receiving: sealed, without position or camera, once, and refused with a sentence."""

import hashlib
import io
import uuid

import cv2
import numpy as np
import pytest
from django.core.exceptions import ValidationError

from relier.centres.access import Refused
from relier.lib.sealing import DoesNotOpen
from relier.paper import actions
from relier.paper.actions import receiving
from relier.paper.models import FilePart, Pile, ReceivedFile, Scan
from relier.paper.reading.headers import Unreadable, stripped
from tests import factories as make

from .tray import a_picture, pdf_of, png_of, with_exif

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def nour(house):
    return make.actor(house.nour)


@pytest.fixture
def pile(nour):
    return actions.begin_pile("scan", by=nour)


def receive(pile, data, by):
    return actions.receive(pile, io.BytesIO(data), by=by)


def test_a_file_is_kept_sealed_and_comes_back_whole(pile, nour):
    data = pdf_of(1) + b"%" * (2 * 1024 * 1024)

    file = receive(pile, data, nour)

    kept = ReceivedFile.objects.get()
    assert kept.content() == data
    assert (kept.sha256, kept.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert FilePart.objects.count() == 3
    assert not any(b"%%%%" in bytes(part.sealed) for part in file.parts.all())


def test_a_part_moved_elsewhere_does_not_open(pile, nour):
    file = receive(pile, pdf_of(1) + b"%" * (1024 * 1024), nour)
    first, second = file.parts.order_by("number")
    FilePart.objects.filter(pk=first.pk).update(sealed=second.sealed)

    with pytest.raises(DoesNotOpen):
        file.content()


def test_from_the_first_moment_a_file_has_a_line_in_the_tray(pile, nour):
    file = receive(pile, pdf_of(3), nour)

    assert [scan.number for scan in Scan.objects.to_read()] == [1]
    assert file.pages is None


def test_a_photo_loses_its_position_and_keeps_its_pixels(pile, nour):
    photo = with_exif(a_picture(), b"50.6326 N 5.5797 E")

    file = receive(pile, photo + b"PK\x03\x04 hidden behind the picture", nour)

    kept = file.content()
    assert b"50.6326" not in kept
    assert b"hidden" not in kept
    before, after = (cv2.imdecode(np.frombuffer(one, np.uint8), 0) for one in (photo, kept))
    assert np.array_equal(before, after)
    assert file.sha256 != file.kept_sha256
    assert file.kept_sha256 == hashlib.sha256(kept).hexdigest()
    assert "50.6326" not in str(ReceivedFile.objects.values())


def test_a_png_loses_what_it_says(pile, nour):
    picture = png_of(8, 1, (b"tEXt", b"Author\0Awa"), (b"eXIf", b"MM\0*50.6326"))

    kept = receive(pile, picture, nour).content()

    assert b"Awa" not in kept
    assert b"50.6326" not in kept
    assert cv2.imdecode(np.frombuffer(kept, np.uint8), 0).shape == (1, 8)


@pytest.mark.parametrize("end", [3, 20, 25, 40, 160, 2000])
def test_a_photo_cut_short_never_stops_the_others(end):
    photo = with_exif(a_picture(), b"50.6326 N")

    try:
        kept = stripped("jpeg", photo[:end])
    except Unreadable:
        return
    assert b"50.6326" not in kept


def test_a_png_cut_short_is_said_to_be_damaged(pile, nour):
    with pytest.raises(ValidationError, match="damaged"):
        receive(pile, png_of(8, 1)[:40], nour)


def test_the_same_file_twice_in_a_pile_is_kept_once(pile, nour):
    data = pdf_of(1)

    assert receive(pile, data, nour) == receive(pile, data, nour)

    assert Scan.objects.count() == 1


def test_a_pile_begun_twice_is_one(nour):
    key = uuid.uuid4()

    actions.begin_pile("telephone", by=nour, form_key=key)
    actions.begin_pile("telephone", by=nour, form_key=key)

    assert Pile.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"MZ this is a program", "not a PDF"),
        (b"<html>%PDF-1.7 two things at once</html>", "not a PDF"),
        (b"BM bitmap", "not a PDF"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(pile, nour, data, sentence):
    with pytest.raises(ValidationError, match=sentence):
        receive(pile, data, nour)
    assert not ReceivedFile.objects.exists()


def test_a_file_that_is_too_large_is_refused_without_being_read_whole(pile, nour, monkeypatch):
    class Endless(io.RawIOBase):
        asked = 0

        def read(self, size=-1):
            assert size >= 0, "read without a limit"
            Endless.asked += size
            return b"%PDF-" + b"0" * (size - 5)

    monkeypatch.setattr(receiving, "MOST_BYTES", 1024 * 1024)

    with pytest.raises(ValidationError, match="larger than 1 MB"):
        actions.receive(pile, Endless(), by=nour)
    assert Endless.asked == 1024 * 1024 + 1


def test_only_whoever_began_a_pile_adds_to_it(house, pile):
    for member in (house.bram, house.zoe, house.coordinator):
        with pytest.raises(Refused):
            receive(pile, pdf_of(1), make.actor(member))
