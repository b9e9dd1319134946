"""How many syllables a French word has, as someone reading slowly aloud would say it.

A word is rewritten step by step until each vowel left is one syllable. Conventions: a mute e at the
end is not counted, an e between two consonants is (mé-de-cin); `u` and `ou` before a vowel make two
syllables, as in Belgium (lou-er), except before `i` (nuit, oui); `i` before a vowel makes one
(a-vion), except after a consonant with l or r (ou-vri-er).
"""

import re

ORDINARY_WORD = 2
"""Syllables of a number in digits: digits are what we ask for, so they count as an easy word."""

# Where -ent is heard. Every other word in -ent (those in -ment apart) is a verb with a mute ending.
SPOKEN_ENT = """
    absent accent accident adhérent adjacent adolescent affluent agent antécédent apparent ardent
    argent auvent avent cent client coefficient cohérent compétent concurrent confident conscient
    conséquent content continent convalescent couvent décent délinquent dent différent efficient
    éloquent éminent équivalent évident excédent excellent expédient fervent fréquent gent imminent
    impatient impertinent imprudent impudent incident incohérent incompétent inconscient
    inconvénient indécent indifférent indulgent influent ingrédient innocent insolent intelligent
    intermittent latent laurent lent négligent occident omniprésent opulent orient paravent parent
    patient pénitent permanent pertinent polyvalent pourcent précédent président présent prudent
    quotient récent récipient récurrent référent régent résident sergent serpent souvent strident
    succulent talent torrent transparent trident turbulent urgent vent vincent violent virulent
"""
SPOKEN_IENT = re.compile(
    r"(?:abs|ad|ap|appar|circon|con|contre|dé|de|entre|inter|main|ob|par|pré|pro|re|sou|sub|sur)?"
    r"[tv]ient"
)
# Where -ment is mute. Every other word in -ment is a noun or an adverb.
MUTE_MENT = """
    acclament affirment aiment alarment allument animent arment arriment assument blâment calment
    charment chôment compriment confirment conforment consomment déclament déforment dénomment
    dépriment diffament dorment endorment enflamment entament escriment estiment expriment ferment
    filment forment fument impriment infirment informent légitiment nomment parfument performent
    présument priment proclament programment réclament réforment renferment répriment résument
    riment sèment somment suppriment trament transforment
"""
SPOKEN, MUTE = frozenset(SPOKEN_ENT.split()), frozenset(MUTE_MENT.split())
EXCEPTIONS = {"août": 1, "paon": 1, "faon": 1, "saoul": 1, "poêle": 1, "moelle": 1, "est-ce": 1}

PLAIN_LETTERS = str.maketrans("àâäîôöûùèêçœæÿ", "aaaioouuééceey")
STEPS = [
    (re.compile(pattern), replacement)
    for pattern, replacement in [
        (r"w", "v"),
        (r"pays", "péis"),
        (r"abbaye", "abéi"),
        (r"guës?$", "gu"),
        (r"qu(?=[aeéiouyï]|$)", "q"),
        (r"gu(?=[eéiy])", "g"),
        (r"ge(?=[aou])", "g"),
        (r"uei(?=l)", "eui"),
        # A final e or es is mute, unless it is the only vowel.
        (r"(?<=[aeéiouyï])es?$", ""),
        (r"([aeéiouyï].*)es?$", r"\1"),
        # So is an e after a vowel: paiement, jouera, gaieté, tuerie.
        (r"(?<=[aiouyé])e(?=ment|té|ri$|r(?:ai|as|a|ons|ez|ont|ais|ait|ions|iez)$)", ""),
        # y and ï between vowels, y at the beginning: a consonant.
        (r"(?<=[aeéiouï])[yï](?=[aeéiouï])|^y(?=[aeéiou])", "j"),
        (r"y", "i"),
        # travail, feuille, juillet
        (r"(?<=[aeou])ill|(?<=[aeou])il(?=s?$)", "j"),
        # Letters that make one vowel together. ou becomes w.
        (r"coo(?=[pr])", "co-o"),
        (r"eau|au", "o"),
        (r"ou|oo", "w"),
        (r"ai|ei", "é"),
        (r"eu", "e"),
        (r"oi", "a"),
        # i, u, ou that slide into the next vowel.
        (r"(?<![bcdfgptv][lr])i(?=[aeéouw])", "j"),
        (r"u(?=i)|(?<![bcdfgptv][lr])w(?=i)", ""),
    ]
]
VOWEL = re.compile(r"[aeéëiïouüw]")


def syllables(word: str) -> int:
    """Syllables of one word, elision and hyphens included (l'école: 2). At least 1."""
    if any(character.isdigit() for character in word):
        return ORDINARY_WORD
    if (known := word.lower()) in EXCEPTIONS:
        return EXCEPTIONS[known]
    return sum(map(_part, re.findall(r"[^\W\d_]+", word))) or 1


def _part(part: str) -> int:
    if part.isupper() and 2 <= len(part) <= 5:  # initials, said letter by letter
        return len(part) + 2 * part.count("W")
    word = part.lower()
    if _has_mute_ent(word):
        word = word.removesuffix("nt")
    word = word.translate(PLAIN_LETTERS)
    for pattern, replacement in STEPS:
        word = pattern.sub(replacement, word)
    return len(VOWEL.findall(word))


def _has_mute_ent(word: str) -> bool:
    if word.endswith("ment"):
        return word in MUTE
    return word.endswith("ent") and word not in SPOKEN and not SPOKEN_IENT.fullmatch(word)
