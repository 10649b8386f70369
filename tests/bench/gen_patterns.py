#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Draws phrases of 1 to 4 words out of the corpus, as a lexicon of 1,000 and one of 100,000 entries; the seed is fixed.

    gen_patterns.py CORPUS.txt FOLDER

Writes FOLDER/lower.txt (what Hyperscan reads), FOLDER/pat1k.txt, FOLDER/pat100k.txt, and the same phrases as auricule's
lexicons, FOLDER/pat1k.xml and FOLDER/pat100k.xml.
"""
import random
import re
import sys
from collections import Counter

WORD = re.compile(r'[^\W\d_]+')
RUN = re.compile(r'[^\W\d_]{2,}(?: [^\W\d_]{2,})*')
MANY, FEW = 100_000, 1_000


def main():
    source, folder = sys.argv[1:]
    rng = random.Random(11)
    with open(source, encoding='utf-8', newline='\n') as f:
        text = f.read().lower()
    with open(folder + '/lower.txt', 'w', encoding='utf-8', newline='\n') as f:
        f.write(text)
    lines = text.split('\n')
    frequency = Counter()
    for line in lines[:200_000]:
        frequency.update(set(WORD.findall(line)))
    phrases = set()
    while len(phrases) < MANY:
        runs = [r.split() for r in RUN.findall(rng.choice(lines))]
        if not runs:
            continue
        run = rng.choice(runs)
        length = rng.choices((1, 2, 3, 4), (25, 40, 25, 10))[0]
        if len(run) < length:
            continue
        start = rng.randrange(len(run) - length + 1)
        phrase = run[start:start + length]
        # The words of a theme are words with a meaning of their own.
        if length == 1 and (len(phrase[0]) < 4 or frequency[phrase[0]] > 1000):
            continue
        if any(len(w) > 3 and frequency[w] < 4000 for w in phrase):
            phrases.add(' '.join(phrase))
    phrases = sorted(phrases)
    rng.shuffle(phrases)
    for name, count in (('pat100k', MANY), ('pat1k', FEW)):
        with open(f'{folder}/{name}.txt', 'w', encoding='utf-8', newline='\n') as f:
            f.write('\n'.join(phrases[:count]) + '\n')
        with open(f'{folder}/{name}.xml', 'w', encoding='utf-8', newline='\n') as f:  # words are letters: nothing to escape
            f.write('<?xml version="1.0" encoding="UTF-8"?>\n'
                    f'<lexicon id="bench-{count}" version="1" lang="fr" layer="lower" overlap="all">\n'
                    f'<title>Bench, {count} phrases</title>\n<entry>\n' + '\n'.join(phrases[:count]) + '\n</entry>\n'
                    '</lexicon>\n')


main()
