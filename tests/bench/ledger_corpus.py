#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes of the bench's corpus one that a ledger of irritants has work with.

    ledger_corpus.py BENCH.tsv DEMO.xml >OUT.csv.tsv

BENCH.tsv is what gen_corpus.py writes for the peers; DEMO.xml the demonstration corpus.  Each session gets one date, one territory,
a kind of territory and one of ten waves; each contribution an activity (keep, improve, get rid of, or an unstructured round) and a
role; 60 % a speaker, of 200 in each session and activity; and two in five say behind their own words what somebody of the
demonstration corpus says, so that themes are met as often as in a workshop.  The seed is fixed.
"""
import random
import sys
import xml.etree.ElementTree as ElementTree

TEI = '{http://www.tei-c.org/ns/1.0}'
ACTIVITIES = ['garde', 'ameliore', 'jette', 'inclusion']
KINDS = ['territoire rural', 'ville moyenne', 'métropole']
COLUMNS = 'id session date vague territoire type-territoire activite categorie role locuteur citation texte'.split()


def said(path):
    """What people say in a corpus in XML, in order."""
    spoken = (''.join([u.text or '', *(x.tail or '' for x in u)]) for u in ElementTree.parse(path).iter(TEI + 'u'))
    texts = (' '.join(s.split()) for s in spoken)
    return [t for t in texts if t]


def session_fields(number):
    """Date, wave, territory and kind of territory of a session, by its number: twenty sessions make a wave, one in each territory."""
    wave = number // 20
    date = f'{2016 + wave}-{1 + number % 20 // 2:02}-{10 + number % 20:02}'
    return [date, f'vague {wave + 1}', f'Territoire {number % 20 + 1}', KINDS[number % 3]]


def main():
    draw = random.Random(20251128)
    demo = said(sys.argv[2])
    if not demo:
        sys.exit(f'{sys.argv[2]}: nobody says anything there')
    out = sys.stdout
    out.reconfigure(encoding='utf-8', newline='\n')
    out.write('\t'.join(COLUMNS) + '\n')
    with open(sys.argv[1], encoding='utf-8', newline='\n') as f:
        for line in f:
            ident, session, *_, text = line.rstrip('\n').split('\t')
            activity = draw.choice(ACTIVITIES)
            stance = activity if activity != 'inclusion' else ''
            speaker = f'{session}-{activity}-{draw.randrange(200)}' if draw.random() < 0.6 else ''
            role = 'professionnel' if draw.random() < 0.1 else 'allocataire'
            if draw.random() < 0.4:
                text += ' ' + draw.choice(demo)
            quoted = '"' + text.replace('"', '""') + '"'
            row = [ident, session, *session_fields(int(session[1:])), activity, stance, role, speaker, 'oui', quoted]
            out.write('\t'.join(row) + '\n')


if __name__ == '__main__':
    main()
