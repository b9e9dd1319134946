"""Our items in a page: `{% load bank_words %}`."""

from django import template

from relier.competences import banks, pictured
from relier.competences.banks import Bank, BankItem
from relier.competences.frameworks import Framework, Item, Reference, Words

register = template.Library()


@register.filter
def kind_of(item: BankItem) -> Words:
    """Which of the three kinds of competence it is: `{{ item|kind_of|told }}`."""
    return pictured.kind_of(item)


@register.filter
def title_of(reference: Reference) -> Words:
    """The title of what an item is tied to: `{{ item.framework|title_of|told }}`."""
    return pictured.title_of(reference)


@register.simple_tag
def our_items_about(framework: Framework, item: Item) -> list[tuple[Bank, BankItem]]:
    """The items of our banks tied to an item of a framework."""
    reference = Reference(framework.id, framework.version, item.id)
    return pictured.about(reference, banks.shipped())
