#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Builds the corpus of the bench out of the French text that get_text.sh fetched.

    gen_corpus.py TEXT CORPUS [10k|100k|1m|10m]

One to three sentences make a contribution of 5 to 60 words; fields are drawn at random; the seed is fixed, so that the
same packages give the same bytes.  Writes, for each size up to the one asked for (1m otherwise):

    CORPUS/SIZE.tsv      id, session (200), date, territory (100), activity (20), text: what the peers read
    CORPUS/SIZE.csv.tsv  the same with a header and with quotes as a CSV has them: what auricule reads
    CORPUS/SIZE.txt      the texts alone

A smaller corpus is the beginning of a larger one.
"""
import gzip
import html
import glob
import os
import random
import re
import struct
import subprocess
import sys

SEED = 20240607
MILLION = 1_000_000
SIZES = {'10k': 10_000, '100k': 100_000, '1m': MILLION, '10m': 10 * MILLION}
HEADER = 'id\tsession\tdate\tterritoire\tactivite\ttexte\n'
TAG = re.compile(r'<[^>]+>')
SPACE = re.compile(r'\s+')
SENTENCE_END = re.compile(r'(?<=[.!?…])\s+(?=[A-ZÀÂÇÉÈÊËÎÏÔÙÛÜŒÆ«"])')
WORD = re.compile(r'[^\W\d_]+')
FRENCH = set('le la les de des du un une et à en est que qui dans pour par sur ne pas se son sa ses au aux ce cette il '
             'elle on vous je nous avec plus ou d l qu'.split())


def sentences(text):
    """The sentences of a text that look like French prose of 5 to 60 words."""
    for sentence in SENTENCE_END.split(SPACE.sub(' ', text)):
        sentence = sentence.strip(' \t-*•–|')
        words = WORD.findall(sentence)
        if not 5 <= len(words) <= 60 or len(sentence) > 500:
            continue
        if sum(map(len, words)) < 0.6 * len(sentence):
            continue
        if sum(w.lower() in FRENCH for w in words) < 0.18 * len(words):
            continue
        yield sentence


def dictionary(text_dir):
    path = text_dir + os.sep + 'root/usr/share/stardict/dic/XMLittre.dict.dz'
    if not os.path.exists(path):
        return
    with gzip.open(path) as f:
        text = f.read().decode('utf-8', 'replace')
    text = text.replace('</span>, <span foreground="#B22222">', '\n<x>')  # what follows names an author
    for line in text.split('\n'):
        if not line.startswith('<x>'):
            yield html.unescape(TAG.sub('', line)).replace('\ufffd', '')


def pages(text_dir):
    patterns = ['libreoffice/help/fr/**/*.html', 'gimp/2.0/help/fr/**/*.html', 'doc/**/fr/**/*.html', '**/*.fr.html',
                'doc/*-fr/**/*.html', '*-fr/**/*.html', '**/fr/**/*.html', 'doc/linuxcnc/**/*_fr*.html',
                'scilab/**/fr_FR/**/*.html']
    root = text_dir + os.sep + 'root/usr/share/'
    files = {f for p in patterns for f in glob.glob(root + p, recursive=True) if os.path.isfile(f)}
    for name in sorted(files):
        with open(name, 'rb') as f:
            raw = f.read()
        try:
            text = raw.decode('utf-8')
        except UnicodeDecodeError:
            text = raw.decode('latin-1')
        text = re.sub(r'(?s)<(script|style|pre|tt)\b.*?</\1>', ' ', text)
        for block in re.split(r'(?i)</?(?:p|li|td|th|h\d|div|dd|dt|tr|ul|br|table)\b[^>]*>', text):
            yield html.unescape(TAG.sub('', block))


def messages(text_dir):
    """The translated messages of programs: gettext's .mo files."""
    for name in sorted(glob.glob(text_dir + '/root/**/fr/LC_MESSAGES/*.mo', recursive=True)):
        with open(name, 'rb') as f:
            data = f.read()
        order = '<' if data[:4] == b'\xde\x12\x04\x95' else '>'
        count, table = struct.unpack(order + '8xI4xI', data[:20])
        for i in range(count):
            length, offset = struct.unpack(order + 'II', data[table + 8 * i:table + 8 * i + 8])
            for part in data[offset:offset + length].decode('utf-8', 'ignore').split('\0'):
                yield TAG.sub('', part.replace('\\n', ' '))


def manuals(text_dir):
    for name in sorted(glob.glob(text_dir + os.sep + 'root/usr/share/man/fr/**/*.gz', recursive=True)):
        with gzip.open(name, 'rt', encoding='utf-8', errors='ignore') as f:
            text = re.sub(r'\\f.|\\&|\\-|\\\(..|\\m\[[^\]]*\]', '', f.read())
        lines = []
        for line in text.split('\n'):
            if line.startswith(('.B ', '.I ')):
                lines.append(line.lstrip('.BI '))
            else:
                lines.append('' if line.startswith(('.', "'")) else line)
        yield from '\n'.join(lines).split('\n\n')


def descriptions(text_dir):
    for name in sorted(glob.glob(text_dir + '/lists/*Translation-fr*')):
        if name.endswith('.lz4'):
            text = subprocess.run(['lz4', '-dc', name], stdout=subprocess.PIPE, check=True).stdout
        else:
            with open(name, 'rb') as f:
                text = f.read()
        for block in text.decode('utf-8', 'ignore').split('\n\n'):
            if 'Description-fr:' in block:
                yield from block.split('Description-fr:', 1)[1].split('\n .\n')


def gather(text_dir):
    seen, unique = set(), []
    for source in (dictionary, pages, messages, manuals, descriptions):
        before = len(unique)
        for paragraph in source(text_dir):
            for sentence in sentences(paragraph):
                key = sentence.lower()
                if key not in seen:
                    seen.add(key)
                    unique.append(sentence)
        print(f'  {source.__name__}: {len(unique) - before} sentences', file=sys.stderr)
    return unique


def contributions(rng, unique, first, fresh):
    """A million rows.  Sentences are used once each while they last (`fresh`), then put together anew."""
    sessions = [f'S{i:03d}' for i in range(200)]
    session_weights = [1 / (i + 1) ** 0.7 for i in range(200)]
    territories = [f'{i:02d}' for i in range(1, 96)] + ['971', '972', '973', '974', '976']
    territory_weights = [1 / (i + 2) ** 0.5 for i in range(len(territories))]
    rng.shuffle(territory_weights)
    activities = ['agriculture', 'artisanat', 'commerce', 'enseignement', 'santé', 'industrie', 'retraité', 'étudiant',
                  'administration', 'bâtiment', 'transport', 'culture', 'informatique', 'recherche', 'justice',
                  'associatif', 'tourisme', 'finance', 'sans emploi', 'autre']
    of_session = rng.choices(sessions, session_weights, k=MILLION)
    of_territory = rng.choices(territories, territory_weights, k=MILLION)
    of_activity = rng.choices(activities, k=MILLION)
    used = 0 if fresh else len(unique)
    for i in range(MILLION):
        count = rng.choices((1, 2, 3), (55, 30, 15))[0]
        if used + count <= len(unique):
            text = ' '.join(unique[used:used + count])
            used += count
        else:
            text = ' '.join(unique[rng.randrange(len(unique))] for _ in range(count))
        words = text.split()
        if len(words) > 60:
            text = ' '.join(words[:60])
        date = f'{2019 + rng.randrange(6)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}'
        yield f'{first + i}\t{of_session[i]}\t{date}\t{of_territory[i]}\t{of_activity[i]}\t', text


def quoted(text):
    return '"' + text.replace('"', '""') + '"' if '"' in text else text


class Sink:
    """The three files of one size."""

    def __init__(self, folder, name, rows):
        self.left = rows
        self.files = [open(f'{folder}/{name}{end}', 'w', encoding='utf-8', newline='\n')
                      for end in ('.tsv', '.csv.tsv', '.txt')]
        self.files[1].write(HEADER)

    def write(self, fields, text):
        if not self.left:
            return
        self.left -= 1
        for f, line in zip(self.files, (fields + text, fields + quoted(text), text)):
            f.write(line + '\n')
        if not self.left:
            for f in self.files:
                f.close()


def main():
    if len(sys.argv) not in (3, 4) or sys.argv[3:] and sys.argv[3] not in SIZES:
        sys.exit(__doc__)
    text_dir, out = sys.argv[1:3]
    rows = SIZES[sys.argv[3] if sys.argv[3:] else '1m']
    os.makedirs(out, exist_ok=True)
    rng = random.Random(SEED)
    unique = gather(text_dir)
    if len(unique) < 10_000:
        sys.exit(f'only {len(unique)} sentences of French text in {text_dir}: get_text.sh first')
    rng.shuffle(unique)
    sinks = [Sink(out, name, n) for name, n in SIZES.items() if n <= rows]
    written = 0
    for part in range(-(-rows // MILLION)):
        if part:
            rng = random.Random(SEED + part)
        for fields, text in contributions(rng, unique, part * MILLION + 1, part == 0):
            for sink in sinks:
                sink.write(fields, text)
            written += 1
            if written == rows:
                break
    print(f'  {written} contributions out of {len(unique)} distinct sentences', file=sys.stderr)


main()
