"""Names for hypothesis: plausible ones, and strings that nobody is called."""

from hypothesis import strategies as st

# Letters where something happens: ligatures, dotted and dotless i, other alphabets, look-alikes,
# marks, apostrophes, invisible and control characters, half a surrogate pair.
TRAPS = (
    "aeiouy hkwxzAEINß'’-.œæøłđıİşçžğúñö éàïỳ"
    "АВСеорхйїєьщЯг αβσςου محمدالعوي ةىءآ ـً َ"
    "王がนิ हि გ ԱΩⅧ①ﷺﬁ𝓐ǅŉΐ\u0345\u0307\u200b\u200d\u202e\ufe0f\u00ad\x00\x1b\t\n\ud800"
)
any_text = st.text(max_size=60) | st.text(alphabet=st.sampled_from(TRAPS), max_size=30)
word = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=14)
plain_names = st.lists(word, min_size=1, max_size=4).map(" ".join)
names = any_text | plain_names
