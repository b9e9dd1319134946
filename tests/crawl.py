"""Follows every link that a member finds, from their first page on, and searches too."""

import re
from collections import Counter
from html import unescape
from io import BytesIO
from urllib.parse import urljoin, urlsplit
from zipfile import ZipFile

from django.test import Client

# Whatever is typed: a fragment of a name, of a word under secrecy, of nothing.
SEARCHES = ["/search/?q=awa", "/search/?q=dial", "/search/?q=secret", "/people/?q=awa"]
MOST = 600
# A page that leads to itself for another day would never end: so many of each are enough.
OF_ONE_PATH = 6


def without_keys(page: str) -> str:
    page = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1", page)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", key_only, page)


def key_only(found: re.Match) -> str:
    """Hide the keys of forms, which are drawn at random; keep the ids in addresses."""
    before = found.string[max(0, found.start() - 60) : found.start()]
    return "…" if "form_key" in before else found[0]


def crawl(client: Client) -> dict[str, str]:
    """Every page reached by links, and what it holds (PDFs as the text drawn in them)."""
    waiting = ["/", *SEARCHES]
    pages: dict[str, str] = {}
    seen: Counter[str] = Counter()
    while waiting and len(pages) < MOST:
        address = waiting.pop(0)
        path = urlsplit(address).path
        if address in pages or (seen[path] >= OF_ONE_PATH):
            continue
        seen[path] += 1
        response = client.get(address, follow=True)
        assert response.status_code in {200, 404}, f"{address}: {response.status_code}"
        pages[address] = text_of(response)
        if response.get("Content-Type", "").startswith("text/html"):
            waiting += links(address, pages[address])
    assert len(pages) < MOST, "the crawl did not end"
    return pages


def text_of(response) -> str:
    kind = response.get("Content-Type", "")
    if kind.startswith("application/pdf"):
        from pypdfium2 import PdfDocument

        pages = PdfDocument(response.content)
        return "\n".join(page.get_textpage().get_text_range() for page in pages)
    if response.content.startswith(b"PK"):  # a spreadsheet
        with ZipFile(BytesIO(response.content)) as book:
            return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    page = response.content.decode("utf-8", "replace")
    # A picture drawn in the page (a QR code) is letters at random.
    return unescape(re.sub(r"data:image/[^\"']*", "data:…", page))


def links(address: str, page: str) -> list[str]:
    found = re.findall(r'href="([^"#]+)', page)
    here = [urljoin(address, link) for link in found]
    return [link for link in here if not urlsplit(link).netloc and not is_file(link)]


def is_file(link: str) -> bool:
    return link.startswith(("/static/", "mailto:", "tel:", "/patterns/"))
