"""Words of a text, those that say nothing of its subject, and what the forms of a word have in common."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from itertools import pairwise

# Short words that say nothing of a subject. The last lines of the Indonesian ones are words of the trade.
_INDONESIAN = """
    ada adalah adanya adapun agar akan akhirnya akibat aku anda antara antaranya apa apabila apakah atas atau bagai bagaimana
    bagi bahkan bahwa baik banyak baru beberapa begitu belum berada berbagai berdasarkan berikut berikutnya bersama berupa
    besar biasa biasanya bila bisa boleh bukan cara cukup dalam dan dapat dari daripada datang demi demikian dengan depan di
    dia diri dirinya dua dulu empat enggak guna hal hampir hanya harus hari hendak hingga ia ialah ikut ingin ini itu jadi
    jangan jauh jelang jika jumlah justru kali kalau kalangan kami kamu kan karena kata ke kecil kembali kemudian kepada ketika
    ketiga khusus kini kita lagi lah lain lainnya lalu lama langsung lebih lima maka mana masih masing maupun melainkan
    melakukan melalui memang membuat memiliki mempunyai menjadi menjelang menuju menurut mereka merupakan meski meskipun mulai
    mungkin namun nanti nya oleh pada padahal paling para pasti per perlu pernah pertama pihak pula pun punya saat saja salah
    sama sambil sampai sana sangat satu saya seakan sebab sebagai sebagian sebanyak sebelum sebelumnya sebenarnya sebesar sebuah
    secara sedang sedangkan segera sehingga sejak sejumlah sekali sekaligus sekarang sekitar selain selaku selalu selama
    seluruh semakin semua sendiri seorang sepanjang seperti sering serta sesuai sesuatu setelah setiap siapa sini soal suatu
    sudah supaya tahun tak tapi telah tentang tentu terhadap terkait termasuk ternyata tersebut tetap tetapi tiap tidak tiga
    tinggi turut ucap ungkap untuk usai wah waktu walau walaupun yaitu yakni yang
    admin artikel baca berita dok editor foto halaman jelas jelasnya jumat juga kamis katanya kabar klik laporan lihat minggu
    pewarta rabu redaksi reporter sabtu selasa selengkapnya senin simak sumber terang tulis ujar ujarnya wib wit wita wartawan
"""
_ENGLISH = """
    about above after again against all almost also although always am among an and another any are around as at back be
    because been before being below between both but by came can cannot come could did do does doing don down during each
    either else even ever every few first for from further get had has have having he her here hers him his how however if in
    into is isn it its itself just last like made make many may me might more most much must my neither new no nor not now of
    off on once one only or other our out over own per quite rather really said same say says see several she should since so
    some still such than that the their them then there these they this those though three through thus to too toward two under
    until up upon us use used very via was way we well were what when where whether which while who whom whose why will with
    within without would yet you your
    am com editor http https news photo pm read www
"""
STOP_WORDS = frozenset(f"{_INDONESIAN} {_ENGLISH}".split())


def _marks() -> str:
    """The combining signs (Unicode categories Mn and Mc) that Python's `\\w` leaves out, without which Javanese falls apart."""
    # The blocks of living scripts only. Signs beyond the first plane (Kawi) would make the pattern ten times slower for all.
    blocks = (range(0x0300, 0x2000), range(0xA000, 0xAC00))
    return "".join(chr(number) for block in blocks for number in block if unicodedata.category(chr(number)) in ("Mn", "Mc"))


_WORD = re.compile(rf"[\w{re.escape(_marks())}]+")
# Most texts are ASCII but for these; with blanks in their place the fast way below is open to them.
_TYPOGRAPHY = "“”‘’–—…\u00a0"
_FOLDED = bytes(ord(chr(number).lower()) if number < 128 and chr(number).isalnum() else 32 for number in range(256))


def words(text: str) -> list[bytes]:
    """The words of `text` in order, casefolded, in UTF-8: letters and digits of any script with its signs, those of one too."""
    if not text.isascii():
        for sign in _TYPOGRAPHY:
            text = text.replace(sign, " ")
        if not text.isascii():
            text = unicodedata.normalize("NFC", text.casefold()).replace("_", " ")
            if not text.isascii():
                return [word.encode() for word in _WORD.findall(text)]
    return text.encode().translate(_FOLDED).split()


# Accents that stand apart from their letters, and of Arabic the vowel signs and the line that stretches a word: readers leave
# them out when they type.
_ACCENTS = re.compile("[\u0300-\u036f\u0640\u064b-\u065f\u0670]")
# Scripts that part no words by blanks: Thai, Lao, Burmese, Khmer, Japanese, Chinese, Javanese.
_UNPARTED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\ua980-\ua9df\uf900-\ufaff]+"
)


def bare_words(text: str) -> list[bytes]:
    """The words of `text` as somebody who looks for them types them: as `words` has them, without accents, in the signs of
    everyday (NFKC). Where a script parts no words, every two signs side by side stand for one. The script of the search page
    does the same with what is typed.
    """
    if text.isascii():
        return words(text)
    for sign in _TYPOGRAPHY:
        text = text.replace(sign, " ")
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))
    if not _UNPARTED.search(text):
        return words(text)
    return [pair.encode() for word in words(text) for pair in _pairs(word.decode())]


def _pairs(word: str) -> Iterator[str]:
    """A word; in its place, where it is of a script that parts none, each two signs of it that stand side by side."""
    end = 0
    for run in _UNPARTED.finditer(word):
        yield from filter(None, [word[end : run.start()]])
        signs, end = run[0], run.end()
        yield from map("".join, pairwise(signs)) if len(signs) > 1 else signs
    yield from filter(None, [word[end:]])


# The Snowball algorithms by the languages that they are for (https://snowballstem.org/algorithms/).
_STEMMED = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """What makes one of the forms of a word in a language (a BCP 47 code): its stem. For some there is none: words stay."""
    name = _STEMMED.get(language.partition("-")[0].lower())
    if not name:
        return str
    # Not by `snowballstemmer.stemmer`, which takes another library where it finds one.
    module = import_module(f"snowballstemmer.{name}_stemmer")
    stem: Callable[[str], str] = getattr(module, f"{name.title()}Stemmer")().stemWord
    return stem
