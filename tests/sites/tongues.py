"""A newsroom that writes in Arabic and Javanese beside Indonesian: each is a table in site.toml and a file of labels."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import SITE_TOML, Made

LABELS = Path(__file__).parent / "translations"

SETTINGS = (
    SITE_TOML.partition("[languages.en]")[0]
    + """\
[languages.ar]
title = "أخبار الاختبار"
description = "أرشيف صغير للاختبار."

[languages.jv]
title = "Warta Uji"
"""
)

TEXT = """\
-- content/gempa.md --
---
title: Gempa Terasa sampai Karawang
date: 2026-03-01 08:30
id: gempa
section: Nasional
tags: [Gempa]
---
Gempa terasa di Karawang.
-- content/ar/zilzal.md --
---
title: زلزال يشعر به سكان كاراوانغ وخبراء BMKG (جاكرتا) يطمئنون
date: 2026-03-01 19:29
updated: 2026-03-02 08:10
id: zilzal
translation_of: gempa
section: أخبار وطنية
editor: [M. Haidar, سارة النجار]
author: ["Rr. O'Neil (Jakarta)", ليلى حسن]
region: [كاراوانغ, Bali]
tags: [زلازل, BMKG, "COVID-19"]
source: {name: "BMKG (Jakarta)", url: "https://bmkg.example/"}
image: {src: /foto.png, alt: بيت متصدع, caption: بيت متصدع في كاراوانغ., credit: "M. Haidar"}
dateline: كاراوانغ
summary: شعر السكان بهزتين في الصباح، ولم تقع أضرار كبيرة.
pick: 1
story: زلزال كاراوانغ
corrections:
  - {date: 2026-03-03, text: "ذكرت نسخة سابقة أن القوة 5.1."}
---
شعر سكان كاراوانغ بهزتين صباح الأحد. وقالت وكالة BMKG (في جاكرتا) إن قوة الأولى بلغت 4.8 درجات.

Baca Juga: [[harb]]

ولم تُسجل أضرار كبيرة، لكن المدارس أغلقت أبوابها يومًا واحدًا.

- أُغلقت ثلاث مدارس
- عاد التيار الكهربائي في الساعة 10:30

| المنطقة | عدد البيوت |
|--|--|
| كاراوانغ | 12 |
| Bali | 3 |
-- content/ar/suhub.md --
---
title: خبر مسحوب
date: 2026-02-01
withdrawn: {date: 2026-02-03, reason: كان المصدر مخطئًا.}
---
لا يظهر.
-- content/ar/harb.md --
---
title: NATO يعقد قمة طارئة في 2026
date: 2026-02-20 10:00
id: harb
section: أخبار دولية
editor: سارة النجار
tags: [NATO]
region: Bali
story: زلزال كاراوانغ
image: {src: /foto.png, alt: قاعة}
---
يعقد حلف NATO قمة طارئة يوم الجمعة.
-- content/ar/pages/an.md --
---
title: من نحن
menu: [main, footer]
---
نحن غرفة أخبار صغيرة.
-- content/jv/lindhu.md --
---
title: Lindhu Karasa Nganti Karawang
date: 2026-03-01 09:00
id: lindhu
translation_of: gempa
section: Nasional
author: Sari
tags: [Lindhu]
corrections:
  - {date: 2026-03-03, text: Jam kedadeyane dibenerake.}
---
Lindhu karasa ing Karawang.
-- data/popular.json --
{"articles": [{"id": "zilzal", "views": 9}, {"id": "harb", "views": 5}]}
"""

_MORE = """\
-- content/ar/khabar{n}.md --
---
title: الخبر رقم {n} من أخبار السوق
date: 2026-{month:02}-{day:02} 0{n}:00
id: khabar{n}
section: أخبار وطنية
editor: M. Haidar
tags: [زلازل]
region: كاراوانغ
---
ارتفعت أسعار الأرز في الأسواق للأسبوع {n} على التوالي.
"""


def newsroom(made: Made) -> Made:
    """The site, with its files of labels; it is not built yet."""
    made.put("site.toml", SETTINGS.encode()).write(TEXT)
    for n in range(1, 8):
        made.write(_MORE.format(n=n, month=3 if n > 3 else 1, day=n + 3))
    for file in sorted(LABELS.glob("*.toml")):
        made.put(f"themes/default/translations/{file.name}", file.read_bytes())
    return made
