# SPDX-License-Identifier: Apache-2.0
# What « auricule plugin » gives those who write plugins: templates (new), and what « plugin check » tries (samples).
nobase_dist_pkgdata_DATA = kit/new/common/Makefile kit/new/common/README.md \
	kit/new/annotator/NAME.c kit/new/annotator/pipeline.xml kit/new/annotator/sample.txt kit/new/annotator/expected \
	kit/new/annotator/test.sh \
	kit/new/layer/NAME.c kit/new/layer/pipeline.xml kit/new/layer/sample.txt kit/new/layer/expected kit/new/layer/test.sh \
	kit/new/tokenizer/NAME.c kit/new/tokenizer/pipeline.xml kit/new/tokenizer/sample.txt kit/new/tokenizer/expected \
	kit/new/tokenizer/test.sh \
	kit/new/reader/NAME.c kit/new/reader/sample.NAME kit/new/reader/expected kit/new/reader/test.sh \
	kit/new/exporter/NAME.c kit/new/exporter/sample.csv kit/new/exporter/expected kit/new/exporter/test.sh \
	kit/samples/texts.txt kit/samples/files/corpus.xml kit/samples/files/iramuteq.txt kit/samples/files/notes.md \
	kit/samples/files/table.csv kit/samples/files/tableur.csv kit/samples/files/tabulations.tsv kit/samples/files/texte.txt \
	kit/samples/files/unicode.txt kit/samples/files/atelier.vtt kit/samples/files/entretien.txt kit/samples/files/conversation.txt
# The example that doc/plugin-author.md explains.
kitexampledir = $(pkgdatadir)/kit/examples
kitexample_DATA = plugins/annotate-heures/heures.c
