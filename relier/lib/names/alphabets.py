"""Letters of other alphabets, as the people who bear these names write them in Latin letters.

Sources: Ukrainian, resolution 55 of the Cabinet of Ministers of 27 January 2010 (the passports);
Russian, ICAO Doc 9303 (the passports). For Arabic there is no such rule: Belgian papers follow
Moroccan and Algerian ones, so the letters are those a French ear writes (ch, j, ou).
"""

# Letters of the Latin alphabet that no decomposition brings to a-z.
LATIN = {
    "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ȷ": "j",
    "ħ": "h", "ŧ": "t", "ŋ": "ng", "ĸ": "k", "ə": "e", "ǝ": "e", "ɛ": "e", "ɔ": "o", "ɣ": "gh",
    "ɓ": "b", "ɗ": "d", "ɖ": "d", "ɲ": "ny", "ƴ": "y", "ƙ": "k", "ʋ": "v", "ƒ": "f", "ɩ": "i",
    "ʊ": "u", "ƶ": "z", "ɨ": "i", "ʉ": "u", "ɑ": "a", "ɡ": "g", "ꞌ": "",
}  # fmt: skip

_UKRAINIAN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia", "ь": "",
}  # fmt: skip
_NEIGHBOURS = {
    "ё": "e", "ы": "y", "э": "e", "ъ": "", "ў": "u", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj",
    "ћ": "c", "џ": "dz", "ѓ": "g", "ќ": "k", "ѕ": "dz", "ѝ": "i", "ѐ": "e", "ә": "a", "ғ": "g",
    "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "ӏ": "",
}  # fmt: skip
# Olha or Olga, Kateryna or Katerina: only the spelling tells. Without a Russian letter we read
# Ukrainian, whose passports are the ones shown at our counters.
CYRILLIC = _UKRAINIAN | _NEIGHBOURS
RUSSIAN = CYRILLIC | {"г": "g", "и": "i"}
RUSSIAN_ONLY = frozenset("ёыэъ")
CYRILLIC_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}

GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip

# A Cyrillic or Greek letter inside a Latin word is there by mistake or by malice: it is read by
# its look ("Наwа" with a Cyrillic Н). Capitals were already made small when this is read.
LOOKS = {
    "а": "a", "в": "b", "е": "e", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p", "с": "c",
    "т": "t", "у": "y", "х": "x", "і": "i", "ј": "j", "ѕ": "s", "һ": "h", "ԁ": "d", "ԛ": "q",
    "ԝ": "w", "α": "a", "β": "b", "γ": "y", "ε": "e", "η": "h", "ι": "i", "κ": "k", "ν": "v",
    "μ": "m", "ο": "o", "ρ": "p", "τ": "t", "υ": "u", "χ": "x", "ζ": "z",
}  # fmt: skip

ARABIC = {
    "ا": "a", "آ": "a", "أ": "a", "إ": "i", "ٱ": "a", "ى": "a", "ة": "a", "ع": "a", "ء": "",
    "ؤ": "ou", "ئ": "i", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d",
    "ذ": "d", "ر": "r", "ز": "z", "س": "s", "ش": "ch", "ص": "s", "ض": "d", "ط": "t", "ظ": "d",
    "غ": "gh", "ف": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "ou",
    "ي": "i", "پ": "p", "چ": "tch", "ژ": "j", "گ": "g", "ک": "k", "ی": "i", "ھ": "h", "ہ": "h",
    "ں": "n", "ے": "e", "ٹ": "t", "ڈ": "d", "ڑ": "r", "ې": "e", "ۍ": "i", "ځ": "dz", "څ": "ts",
    "ډ": "d", "ړ": "r", "ښ": "ch", "ږ": "j", "ګ": "g", "ڼ": "n", "ټ": "t", "ۀ": "a", "ە": "a",
    "ڤ": "v", "ێ": "e", "ۆ": "o", "ڕ": "r", "ڵ": "l",
}  # fmt: skip
# After the article or `abd`, these letters take its place: Abderrahman, not Abdelrahman.
SUN_LETTERS = frozenset("تثدذرزسشصضطظلن")

# Short vowels are not written in Arabic. A rule guesses most of them ("كريم" is karim); for the
# commonest names that it would miss, the usual spelling.
ARABIC_NAMES = {
    "محمد": "mohamed", "محمود": "mahmoud", "احمد": "ahmed", "فاطمة": "fatima", "فاطمه": "fatima",
    "عائشة": "aicha", "عايشة": "aicha", "يوسف": "youssef", "عمر": "omar", "عثمان": "othmane",
    "حسين": "hussein", "مصطفى": "mustapha", "ابراهيم": "ibrahim", "اسماعيل": "ismail",
    "عبد": "abd", "عبدالله": "abdallah", "الله": "allah", "حمزة": "hamza", "اسماء": "asma",
    "ياسر": "yasser", "طارق": "tarek", "خالد": "khaled", "ماجد": "majed", "نادر": "nader",
    "سليمان": "souleymane", "سلمان": "salman", "مريم": "mariam", "زينب": "zineb", "هشام": "hicham",
    "ادريس": "idriss", "الياس": "ilyas", "بلال": "bilal", "امينة": "amina", "امين": "amine",
    "ايمان": "imane", "ايوب": "ayoub", "سفيان": "soufiane", "هند": "hind", "حياة": "hayat",
    "مهدي": "mehdi", "عمار": "ammar", "عماد": "imad", "عصام": "issam", "منى": "mouna",
    "هدى": "houda", "نهى": "nouha", "ربى": "rouba", "سمية": "soumaya", "رقية": "rokaya",
    "حنان": "hanane", "محسن": "mohsen", "منير": "mounir", "منصف": "moncef", "مراد": "mourad",
    "بشرى": "bouchra", "كلثوم": "kaltoum", "نعيمة": "naima", "رضا": "rida", "علي": "ali",
    "بن": "ben", "ابن": "ibn", "ابو": "abou", "ام": "oum", "بنت": "bent", "داود": "daoud",
    "لبنى": "loubna", "جميلة": "jamila", "وليد": "walid", "ليلى": "leila", "سعد": "saad",
    "الدين": "eddine",
}  # fmt: skip
