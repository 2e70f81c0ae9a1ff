"""
How old somebody must be to read a page with ease, and how long its sentences are; both read off its template.

The age is the Flesch-Kincaid grade (Kincaid and others, 1975) and five years, on the words that a template says itself:
every branch of it, with a plain name where a value will stand. Syllables are counted by the groups of vowels.
"""

import re
from html import unescape

COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)
# What never stands on the page as words.
SILENT = re.compile(
    r"<(script|style|svg|code)\b.*?</\1>|{% (block title|url|include|csrf_token)\b.*?%}", re.DOTALL
)
# What is said in the reader's language: words in a tag of their own, and a block whose values have names.
SAID = re.compile(r"""{%\s*translate\s+(?:"([^"]*)"|'([^']*)').*?%}|{{\s*_\((?:"([^"]*)"|'([^']*)')\)\s*}}""")
TITLE = re.compile(r"{% block title %}.*?{% endblock(?: title)? %}", re.DOTALL)
DAY = re.compile(r"{{[^}]*\|(?:day|date)[^}]*}}")
VALUE = re.compile(r"{{.*?}}", re.DOTALL)
# A mark that ends what is being said: a paragraph, a cell, a button; and another branch of the same words.
ENDS = re.compile(
    r"</?(p|li|h[1-6]|dt|dd|div|td|th|tr|label|legend|button|caption|figcaption|option|ul|ol|dl|section|form|br)\b[^>]*>"
    r"|</?(summary|nav|aside|table|main|header|footer)\b[^>]*>"
    r"|{% (else|elif|empty|pictured|endpictured|block|endblock|plural)\b.*?%}"
)
MARK = re.compile(r"<[^>]*>|{%.*?%}", re.DOTALL)
SENTENCE = re.compile(r"(?<=[.!?:…])\s+|\|")
WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*|\d[\d.,:]*")
VOWELS = re.compile(r"[aeiouy]+")
YEARS_BEFORE_SCHOOL = 5


def sentences_of(template: str) -> list[str]:
    """Every sentence that a template says itself; a heading or a button is one too. A value is one word, a day four."""
    text = TITLE.sub("|", COMMENT.sub(" ", template))
    text = SAID.sub(lambda said: next((words for words in said.groups() if words), ""), text)
    text = SILENT.sub(" ", text)
    text = VALUE.sub("Anna", DAY.sub("Monday 4 May 2026", text))
    text = MARK.sub(" ", ENDS.sub("|", text))
    parts = (" ".join(part.split()) for part in SENTENCE.split(unescape(text)))
    return [part for part in parts if WORD.search(part)]


def words_of(sentence: str) -> list[str]:
    """The words of a sentence."""
    return WORD.findall(sentence)


def reading_age(sentences: list[str]) -> float:
    """
    Years of age from which sentences are read with ease.

    Only whole sentences count, of three words and more: headings and labels would make any page look easy.
    """
    whole = [sentence for sentence in sentences if sentence.endswith((".", "!", "?", ":", "…"))]
    said = [words for sentence in whole if len(words := words_of(sentence)) >= 3]
    words = [word for each in said for word in each]
    if not words:
        return 0
    grade = 0.39 * len(words) / len(said) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return grade + YEARS_BEFORE_SCHOOL


def syllables(word: str) -> int:
    """How many syllables a word has, near enough: groups of vowels, but for a silent e at its end."""
    bare = re.sub(r"[^a-z]", "", word.lower())
    if not bare:
        return 1
    bare = re.sub(r"(?<=[^aeiouylr])(es|ed)$", lambda end: end[0] if _is_said(bare) else "", bare)
    groups = len(VOWELS.findall(bare))
    if bare.endswith("e") and not re.search(r"([^aeiouy]le|[aeiouy]e)$", bare):
        groups -= 1
    return max(groups, 1)


def _is_said(word: str) -> bool:
    """Whether an ending in -ed or -es is said: wanted, houses; not asked, makes."""
    return bool(re.search(r"([td]ed|(s|x|z|ch|sh|c|g)es)$", word))
