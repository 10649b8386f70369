# SPDX-License-Identifier: Apache-2.0
lexdir = $(pkgdatadir)/lexicons
dist_lex_DATA = lexicons/lexicon.rng lexicons/pipeline.xml $(lexicons)
lexicons = lexicons/accompagnement.xml lexicons/administratif.xml lexicons/ateliers.xml lexicons/caf.xml \
	lexicons/confiance.xml lexicons/confidentialite.xml lexicons/emploi.xml lexicons/formation.xml \
	lexicons/france-travail.xml lexicons/isolement.xml lexicons/mobilite.xml lexicons/numerique.xml \
	lexicons/parcours.xml lexicons/precarite.xml lexicons/quinze-heures.xml lexicons/sanctions.xml \
	lexicons/sante.xml lexicons/stigmatisation.xml
