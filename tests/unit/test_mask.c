/* SPDX-License-Identifier: Apache-2.0 */
/* What is masked in quoted words, and what is not.  All names and numbers are invented. */
#include "config.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "irritants/mask.h"
#include "suite.h"

static const char *const cases[][2] = {
	{"AGNES m'a aidée, agnès aussi, Saint-Agnès non", "[nom] m'a aidée, [nom] aussi, Saint-Agnès non"},
	{"Mme Tartempion m'a appelée", "Mme [nom] m'a appelée"},
	{"demandez à M. de La Bidule, il sait", "demandez à M. [nom], il sait"},
	{"mme bidule est gentille", "mme [nom] est gentille"},
	{"Monsieur UNTEL ne répond pas", "Monsieur [nom] ne répond pas"},
	{"le docteur Jean-Paul Machin", "le docteur [nom]"},
	{"M Bidule du CCAS", "M [nom] du CCAS"},
	{"je m'appelle Zoé Truc et j'attends", "je m'appelle [nom] et j'attends"},
	{"appelez le 06 12 34 56 78", "appelez le [téléphone]"},
	{"0612345678 ou +33 6.12.34.56.78", "[téléphone] ou [téléphone]"},
	{"06-12-34-56-78.", "[téléphone]."},
	{"ecrivez a zoe.truc@exemple.invalid merci", "ecrivez a [courriel] merci"},
	{"zoe (at) exemple.invalid", "[courriel]"},
	{"mon numéro 2 85 07 59 123 456 78", "mon numéro [n° de sécurité sociale]"},
	{"285075912345678", "[n° de sécurité sociale]"},
	{"ma caf 1234567 B bloquée", "ma caf [n° d'allocataire] bloquée"},
	{"allocataire n° 12 345 67", "allocataire n° [n° d'allocataire]"},
	{"j'habite 12 rue des Lilas", "j'habite [adresse]"},
	/* as people write it */
	{"ZOE.TRUC@EXEMPLE.INVALID", "[courriel]"},
	{"zoe point truc arobase exemple point fr", "[courriel]"},
	{"zoe . truc @ exemple . fr", "[courriel]"},
	{"zoe_truc[at]exemple[dot]fr", "[courriel]"},
	{"06 12 34 5678, 06/12/34/56/78", "[téléphone], [téléphone]"},
	{"06_12_34_56_78 ou 06, 12, 34, 56, 78", "[téléphone] ou [téléphone]"},
	{"O6 12 34 56 78", "[téléphone]"},
	{"06–12–34–56–78", "[téléphone]"},
	{"06 12\n34 56 78", "[téléphone]"},
	{"tel:0612345678", "tel:[téléphone]"},
	{"+33612345678, 0033 6 12 34 56 78", "[téléphone], [téléphone]"},
	{"(+33) 6 12 34 56 78, +33 (0)6 12 34 56 78", "[téléphone], [téléphone]"},
	{"6 12 34 56 78", "[numéro]"},
	{"2850759123456", "[n° de sécurité sociale]"},
	{"2 85 07 2A 123 456 78", "[n° de sécurité sociale]"},
	{"1.85.07.59.123.456", "[n° de sécurité sociale]"},
	{"285 07 59 123 456 (78)", "[n° de sécurité sociale]"},
	{"2 85 07 59 123 456 clé 78", "[n° de sécurité sociale]"},
	{"1 85 07 99 351 456 78", "[n° de sécurité sociale]"},
	{"1234567B, 1234567b, 1234567-B", "[n° d'allocataire], [n° d'allocataire], [n° d'allocataire]"},
	{"1 234 567 B et 12 34 567 B", "[n° d'allocataire] et [n° d'allocataire]"},
	{"dossier n° 4567, numéro CAF: 1234567 K", "dossier n° [n° d'allocataire], numéro CAF: [n° d'allocataire]"},
	{"allocataire numéro 12.345.67", "allocataire numéro [n° d'allocataire]"},
	{"FR76 3000 6000 0112 3456 7890 189", "[numéro]"},
	{"M.Bidule, m. bidule, mr bidule", "M.[nom], m. [nom], mr [nom]"},
	{"MME BIDULE, Mme. Bidule, Mme\nBidule", "MME [nom], Mme. [nom], Mme\n[nom]"},
	{"madame bidule m'a dit, monsieur truc aussi", "madame [nom] m'a dit, monsieur [nom] aussi"},
	{"dr machin et mlle truc", "dr [nom] et mlle [nom]"},
	{"mme ben bidule", "mme [nom]"},
	{"Mme Le Bidule, Mme N'Truc, M. O’Machin, M. d'Untel", "Mme [nom], Mme [nom], M. [nom], M. [nom]"},
	{"MM. Truc et Bidule, M. et Mme Machin", "MM. [nom], M. et Mme [nom]"},
	{"je m'appelle zoé et j'attends", "je m'appelle [nom] et j'attends"},
	{"je suis Zoé Truc", "je suis [nom]"},
	{"ma référente Zoé Truc, mon conseiller Zoé T.", "ma référente [nom], mon conseiller [nom]"},
	{"au 3 allée du Parc, 12 av de la République", "au [adresse], [adresse]"},
	{"12 bis rue de l'Église", "[adresse]"},
	{"7 place Carnot", "[adresse]"},
	/* the town behind it, or alone behind its postcode */
	{"au 12 rue des Lilas, 59100 Roubaix, au fond", "au [adresse], au fond"},
	{"12 rue des lilas 59 100 roubaix", "[adresse]"},
	{"7 place Carnot - 62000 Arras", "[adresse]"},
	{"j'habite 59100 Roubaix et lui à Lens (62300)", "j'habite [adresse] et lui à [adresse]"},
	{"62800 Liévin Cité Bidule, 76600 Le Havre", "[adresse], [adresse]"},
	{"ma voiture AB-123-CD, la sienne CD 456 FG ou GH789JK", "ma voiture [immatriculation], la sienne [immatriculation] ou [immatriculation]"},
	{"plaque d'immatriculation : 123 abc 59, immatriculée 4567 WX 62", "plaque d'immatriculation : [immatriculation], immatriculée [immatriculation]"},
	{"la 123-ABC-59 et la ab-123-cd", "la [immatriculation] et la [immatriculation]"},
	{"zoe.truc@gmail et zoe arobase exemple", "[courriel] et [courriel]"},
	{"voir facebook.com/zoe.truc, https://www.linkedin.com/in/zoe-truc-123.", "voir [compte], [compte]."},
	{"www.tiktok.com/@zoe_truc ou x.com/zoetruc", "[compte] ou [compte]"},
	/* names that nothing announces */
	{"Sofiane et ma voisine Karima ont attendu", "[nom] et ma voisine [nom] ont attendu"},
	{"sandrine m'a rappelée, NATHALIE aussi, Kevin non", "[nom] m'a rappelée, [nom] aussi, [nom] non"},
	{"Fatoumata Bidule a tout perdu, Karim B. aussi", "[nom] a tout perdu, [nom] aussi"},
	{"Zwentibold Machinski m'aide", "[nom] m'aide"},
	{"demandez à BIDULE Sylvie ou à Jean-Pierre Truc", "demandez à [nom] ou à [nom]"},
	{"avec Claire, avec Pierre de La Bidule", "avec [nom], avec [nom]"},
	{"voyez Nathalie de France Travail", "voyez [nom] de France Travail"},
	{"je suis née le 12/03/1980, né en 1979", "je suis née le [date], né en [date]"},
	{"écrivez à @zoe_truc", "écrivez à [compte]"},
	/* « c'est » is no saint */
	{"c'est Sylvie qui m'aide, et c'est karim", "c'est [nom] qui m'aide, et c'est [nom]"},
	{"Sylvie B a tout perdu", "[nom] a tout perdu"},
	{"<p>Mme&nbsp;Bidule&nbsp;: non</p>", "<p>Mme&nbsp;[nom]&nbsp;: non</p>"},
	/* where a sentence begins, too: those that are words by what follows, those that hardly are always */
	{"Isabelle m'a aidée. ISABELLE et marc aussi. Olivier ne répond pas.", "[nom] m'a aidée. [nom] et [nom] aussi. [nom] ne répond pas."},
	{"Claire m'aide. « Pierre est gentil. » Rose, ma référente", "[nom] m'aide. « [nom] est gentil. » [nom], ma référente"},
	{"mon fils Zlatan, ma belle-mère Zlata, mes enfants Zlatan, Zlata et Zlato", "mon fils [nom], ma belle-mère [nom], mes enfants [nom]"},
	{"on l'appelle Zlatan ; moi c'est Zlata ; Cordialement, Zlato", "on l'appelle [nom] ; moi c'est [nom] ; Cordialement, [nom]"},
	{"la famille Bidule, jean-zlatan et Nico", "la famille [nom], [nom] et [nom]"},
	{"née à Bidule le 12/03/1980, né·e le 3 avril, nee le 12/03/80", "née à Bidule le [date], né·e le [date], nee le [date]"},
	{"date de naissance : 12/03/1980, DDN 12/03/80", "date de naissance : [date], DDN [date]"},
	{"zoe.truc[@]exemple.fr, zoe.truc(a)exemple.fr, zoe.truc AT exemple DOT fr", "[courriel], [courriel], [courriel]"},
	{"06|12|34|56|78", "[téléphone]"},
	{"dossier RSA 59L1234567, mon dossier est le 59-12345, passeport n° 12AB34567",
	 "dossier RSA [n° d'allocataire], mon dossier est le [n° d'allocataire], passeport n° [numéro]"},
	{"iban fr76 3000 6000 0112 3456 7890 189", "iban [numéro]"},
	{"12 r. des Lilas, 3 r des lilas, 4 cours Bidule, 5 chaussée Bidule", "[adresse], [adresse], [adresse], [adresse]"},
	{"au 12 de la rue des Lilas", "au [adresse]"},
	{"58 ans, ancien boulanger rue des Lilas à Haudain", "58 ans, ancien boulanger [adresse] à Haudain"},
	{"la CAF de l'avenue Bidule, boulevard de l'Église", "la CAF de l'[adresse], [adresse]"},
	{"ma voisine allée des Lilas, rue Notre-Dame, avenue De Gaulle, rue La Fayette", "ma voisine [adresse], [adresse], [adresse], [adresse]"},
	{"j'habite rue des lilas, il vit dans la cité Bidule, elle habite 59100 bidule", "j'habite [adresse], il vit dans la [adresse], elle habite [adresse]"},
	{"la ab123cd", "la [immatriculation]"},
	{"insta : zoe_truc, mon snap truc59", "insta : [compte], mon snap [compte]"},
	/* what must stay */
	{"La salle est claire, la pierre est froide, rose la porte", NULL},
	{"à Saint-Pierre, le Secours Populaire, la Mission Locale, Cap Emploi, le Conseil Départemental", NULL},
	{"C'est PAS normal, la CAF Nord, le RSA", NULL},
	{"M. le maire est venu", NULL},
	{"madame la directrice", NULL},
	{"mme la conseillère", NULL},
	{"ON ME RADIE POUR RIEN", NULL},
	{"madame m'a dit que non", NULL},
	{"monsieur, c'est non ; monsieur est venu, monsieur qui crie", NULL},
	{"la madame du guichet, une madame très gentille", NULL},
	{"le docteur traitant", NULL},
	{"ma conseillère France Travail, mon référent RSA, ma référente CAF", NULL},
	{"mon conseiller Pôle Emploi", NULL},
	{"ma fille a 12 ans, elle s'appelle comme ça", NULL},
	{"le 01/04/2025 14h30, du 01/04/2025 au 06/05/2025", NULL},
	{"2 places en formation, il reste 1 place en crèche", NULL},
	{"607,75 euros et 1 800 euros, 1 000 000 d'euros", NULL},
	{"50 000 euros, 1 200 euros par mois", NULL},
	{"les 15h, 20 heures, 3 fois, le 12/04/2025", NULL},
	{"de 9h30 à 12h15, salle 204", NULL},
	{"la loi du 18 décembre 2023", NULL},
	{"bonjour à tou@s, aux étudiant@s et ami@es", NULL},
	{"12000 euros, 15000 Euros, 20000 personnes, 30 000 Français", NULL},
	{"j'ai 12 rue, 3 places, et 12000 fois", NULL},
	{"ON A EU 300 EN TOUT, DU 20 AU 30 MAI, le 12-MAI-25", NULL},
	{"de 300 le mois, le CDI 35 heures, le RSA 607 EUR", NULL},
	{"sur facebook, sur caf.fr et francetravail.fr/inscription", NULL},
	{"une plaque de 20 cm, immatriculé en 59", NULL},
	{"à St Agnès, la Ste Agnès, saint Michel", NULL},
	{"Claire consigne. Pierre par pierre. Rose fanée. Je me marie. Max 3 fois. Line up.", NULL},
	{"à la rue On m'a mis, la rue Merci, l'avenue est longue, À LA RUE DEPUIS DEUX ANS", NULL},
	{"à la rue Personne n'aide, la rue Le bailleur nous expulse, une impasse De toute façon", NULL},
	{"je suis allée de Lille à Roubaix, déjà allée France Travail, j'y suis jamais allée Pôle emploi, elle est allée Mardi", NULL},
	{"je vis à la rue depuis deux ans, dans la cité depuis dix ans, en cité universitaire", NULL},
	{"j'appelle France Travail, moi c'est Pôle emploi, mon fils, il a 3 ans, le père Noël", NULL},
	{"je viens de 12000 euros, 3 cours de français, dossier 3 fois perdu, la caf 300 euros", NULL},
	{"01/04/2025 10:12:33, 08:30 09:30 10:30", NULL},
	{"né le dernier, née en France, on ne le 12 au soir", NULL},
	{"titre de séjour depuis 2019, permis à 1800 euros, facebook c'est nul", NULL},
	{"", NULL},
};

static aur_mask *open_rules(void)
{
	aur_mask *m = NULL;
	aur_error e;
	ck_assert_msg(aur_mask_open(SRCDIR "/report/fr.mask", &m, &e) == AURE_OK, "%s", e.text);
	return m;
}

START_TEST(masks)
{
	aur_mask *m = open_rules();
	aur_mask_span *s = NULL;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t n, at = 0;
		aur_error e;
		aur_str t = {cases[i][0], strlen(cases[i][0])};
		ck_assert_int_eq(aur_mask_find(m, t, &s, &n, &e), AURE_OK);
		aur_buf b = {0};
		for (size_t j = 0; j < n; j++) {
			aur_buf_put(&b, t.ptr + at, s[j].start - at);
			aur_buf_str(&b, s[j].label);
			at = s[j].end;
		}
		aur_buf_put(&b, t.ptr + at, t.len - at);
		ck_assert_str_eq(aur_buf_cstr(&b), cases[i][1] ? cases[i][1] : cases[i][0]);
		aur_buf_free(&b);
	}
	free(s);
	ck_assert_uint_eq(strlen(aur_mask_digest(m)), 32);
	aur_mask_close(m);
}
END_TEST

/* A text made to defeat the rules is refused or done within the bounds; it is never passed unmasked for that. */
START_TEST(hostile)
{
	aur_mask *m = open_rules();
	aur_mask_span *s = NULL;
	size_t n;
	aur_error e;
	aur_buf b = {0};
	for (int i = 0; i < 20000; i++)
		aur_buf_str(&b, "Mme De La ");
	aur_mask_find(m, (aur_str){aur_buf_cstr(&b), b.n}, &s, &n, &e);
	b.n = 0;
	for (int i = 0; i < 50000; i++)
		aur_buf_str(&b, "1 ");
	aur_mask_find(m, (aur_str){aur_buf_cstr(&b), b.n}, &s, &n, &e);
	b.n = 0;
	for (int i = 0; i < 50000; i++)
		aur_buf_str(&b, "a.");
	aur_mask_find(m, (aur_str){aur_buf_cstr(&b), b.n}, &s, &n, &e);
	ck_assert_int_ne(aur_mask_find(m, (aur_str){"\xff\xfe", 2}, &s, &n, &e), AURE_OK);
	free(s);
	aur_buf_free(&b);
	aur_mask_close(m);
}
END_TEST

static void refused(const char *rules, uint32_t line)
{
	char path[] = "/tmp/auricule-mask-XXXXXX";
	int fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	FILE *f = fdopen(fd, "w");
	fputs(rules, f);
	fclose(f);
	aur_mask *m = NULL;
	aur_error e;
	ck_assert_int_ne(aur_mask_open(path, &m, &e), AURE_OK);
	ck_assert_ptr_null(m);
	ck_assert_uint_eq(e.line, line);
	remove(path);
}

START_TEST(bad_rules)
{
	refused("# nothing but a note\n", 0);
	refused("[a]\tx\nno tab here\n", 2);
	refused("[a]\t(unclosed\n", 1);
	refused("=l\tAgnès\n[a]\t=other\tx\n", 2);
	refused("=l\tAgnès\n[a]\t=l\n", 2);
	aur_mask *m = NULL;
	aur_error e;
	ck_assert_int_eq(aur_mask_open("/nonexistent/rules", &m, &e), AURE_IO);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("mask");
	TCase *c = tcase_create("rules");
	seconds_at_most(c, 60);
	tcase_add_test(c, masks);
	tcase_add_test(c, hostile);
	tcase_add_test(c, bad_rules);
	suite_add_tcase(s, c);
	return suite_run(s);
}
