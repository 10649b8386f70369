# SPDX-License-Identifier: Apache-2.0
corporadir = $(pkgdatadir)/corpora
dist_corpora_DATA = corpora/auricule-tei.rng
corpusdemodir = $(corporadir)/ateliers-demo
dist_corpusdemo_DATA = corpora/ateliers-demo/ateliers-demo.xml corpora/ateliers-demo/verite.csv corpora/ateliers-demo/LISEZMOI.md
corpusrsadir = $(corporadir)/rsa-nord-2025
dist_corpusrsa_DATA = corpora/rsa-nord-2025/rsa-nord-2025.xml
