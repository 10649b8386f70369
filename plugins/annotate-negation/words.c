/* SPDX-License-Identifier: Apache-2.0 */
/* words.c - the French words that negate, condition, and end what they govern; as people say and type them.  All without accents
 * and capitals, between spaces; a star stands for any ending. */
#include "negation.h"
#include <string.h>

static const struct {
	uint32_t role;
	const char *words;
} lists[] = {
	{ R_NE, " ne n' n nai nas navons navez nont nest netait netais netaient nen ny naurai naura nai navait navais nes " },
	{ R_PAS, " pas pa paas pad point guere gueres " },
	{ R_PLUS, " plus pluss " },
	{ R_JAMAIS, " jamais jamai jamaiss jms jamé jame jamet jamait " },
	{ R_RIEN, " rien r1 ri1 rienn " },
	{ R_PERSONNE, " personne persone perssonne person " },
	{ R_AUCUN, " aucun aucune aucuns aucunes ocun ocune nul nulle nuls nulles zero 0 nullement aucunement " },
	{ R_SANS, " sans ss san " },
	{ R_NI, " ni " },
	{ R_NON, " non " },
	{ R_ABSENCE, " absence manque loin " },
	{ R_QUE, " que qu' qu ke k' kon quon " },
	/* « je ne comprends pas la sanction », « faut pas nous juger », « ils n'arrêtent pas de nous juger »: what follows is not denied */
	{ R_OPINION, " comprend* compren* compri* compran* sait sais savent savons savez savoir savais savait savaient su saura* accept* aime "
	             "aimes aimer aiment aimons aimez aimais aimait aimerai* veut veux veulent voulons voulez vouloir voulais voulait voulaient "
	             "voulu voudrai* souhait* support* merit* expliq* justifi* accord oppose* contre normal normale normaux normales juste "
	             "justes sert servent servi servir servait change* repond* tient tiennent tenir tenu tenai* oubli* attend* vaut valent faut "
	             "fallait faudrait faudra doit dois doivent devrai* devoir devait devaient devons devez arret* cess* envie etonn* surpren* "
	             "surpri* raison regle* resou* resol* empech* suffi* possible* facile* prevenu* preven* previen* averti* inform* communiqu* "
	             "ecout* aide aides aider aident propose* peux peut peuvent pouvons pouvez pourrai* pouvoir clair claire clairs claires "
	             "logique* efficace* utile* adapte* pardonn* digere* conteste* concern* rappel* rembours* hesit* regrett* " },
	{ R_REPORT, " pense penses pensent penser pensais pensait pensaient croi* croy* crus dit dis disent dire disait disaient impression "
	            "sens sent sentir senti sentie sentais sentait sentent sentons trouve trouves trouver trouvent voir vu entend* entendu "
	            "semble paru parai* parait sensation sentiment fait faire font faisait faisaient existe existent " },
	{ R_SUBJECT, " je j' tu il ils on elle elles j jai jetais c' ca chui chuis g ya " },
	{ R_DET, " le la les l' un une des du mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces au aux "
	         "quelque quelques plusieurs certain certains certaine certaines deux trois chaque tout toute tous toutes l " },
	{ R_OBJECT, " me m' te t' se s' nous vous le la les lui leur y en l' m " },
	{ R_BREAK, " mais car donc or parce puisque puisqu' pourtant cependant toutefois alors puis ensuite sauf sinon pourquoi pkoi "
	           "comment tandis malgre contrairement heureusement malheureusement avant apres " },
	{ R_SI, " si s'il s'ils sil sils " },
	{ R_QUAND, " quand lorsque lorsqu' qd kan kand quant " },
	{ R_AND, " et ou & puis " },
	{ R_QUI, " qui dont ou ki lequel laquelle " },
	{ R_DE, " de d' des du d " },
	{ R_AUX, " suis es est sommes etes sont etais etait etions etiez etaient serai sera serons serez seront serais serait seraient fus fut "
	         "furent soit soient sois soyez ete etre ai as a avons avez ont avais avait avions aviez avaient aurai aura aurons aurez "
	         "auront aurais aurait auraient ait aies aient eu eue eus avoir jai cest nest nai nont netait netais sui chui chuis g ya " },
	{ R_POUR, " pour afin pr " },
	{ R_COND, " condition conditions moins pourvu cas moment reserve discernement " },
	{ R_JUST, " justifi* injustifi* merit* normal normale normales normaux necessaire* explique* fonde* fondee* juste justes grave* "
	          "vraiment legitim* motive* abus* trich* fraud* menti* ment mentent profit* fout foutent fiche* moqu* respect* oblig* "
	          "proportion* fautif* faute comprehensib* reel* vrai* raison* " },
};

static bool in_list(const char *list, aur_str w, bool stars)
{
	for (const char *p = list; *p != 0;) {
		while (*p == ' ')
			p++;
		size_t n = strcspn(p, " ");
		if (n == 0)
			break;
		if (stars && p[n - 1] == '*' ? w.len >= n - 1 && memcmp(p, w.ptr, n - 1) == 0 : w.len == n && memcmp(p, w.ptr, n) == 0)
			return true;
		p += n;
	}
	return false;
}

uint32_t neg_role(aur_str w, bool punct)
{
	uint32_t r = 0;
	if (w.len == 0)
		return punct ? R_STOP : 0;
	if (punct && in_list(" , ،", w, false))
		return R_COMMA;
	if (punct && in_list(" \" ' « » “ ” „ ‘ ’ ‹ › - – — * ** _ __ · % € + ", w, false))
		return R_MARK;
	if (w.len > 32)
		return punct ? R_STOP : 0;
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (in_list(lists[i].words, w, true))
			r |= lists[i].role;
	return r != 0 || !punct ? r : R_STOP;
}

bool neg_is(const neg_text *t, uint32_t token, const char *list)
{
	aur_form f = { .size = sizeof(f) };
	t->h->form_at(t->h, t->v, token, &f);
	aur_str w = t->fold >= 0 && (uint32_t)t->fold < f.layer_count && f.layers[t->fold].len > 0 ? f.layers[t->fold] : f.form;
	return in_list(list, w, true);
}

uint64_t neg_words_hash(void)
{
	uint64_t h = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		for (const char *p = lists[i].words; *p != 0; p++)
			h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
	return h;
}
