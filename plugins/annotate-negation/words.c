/* SPDX-License-Identifier: Apache-2.0 */
/* words.c - the French words that negate, condition, and end the scope of a cue, as people say and type them.  All are written
 * without accents and capitals, between spaces; a star stands for any ending. */
#include "words.h"
#include <stdlib.h>
#include <string.h>

static const struct {
	uint32_t role;
	const char *words;
} lists[] = {
	{ R_NE, " ne n' n nai nas navons navez nont nest netait netais netaient nen ny naurai naura nai navait navais nes " },
	{ R_PAS, " pas pa paas pad point guere gueres pô po " },
	{ R_PLUS, " plus pluss pu plu pus " },
	{ R_JAMAIS, " jamais jamai jamaiss jms jamé jame jamet jamait " },
	{ R_RIEN, " rien r1 ri1 rienn " },
	{ R_PERSONNE, " personne persone perssonne person " },
	{ R_AUCUN, " aucun aucune aucuns aucunes ocun ocune nul nulle nuls nulles zero 0 nullement aucunement " },
	{ R_SANS, " sans ss san " },
	{ R_NI, " ni " },
	{ R_NON, " non nan " },
	{ R_ABSENCE, " absence manque loin " },
	{ R_QUE, " que qu' qu ke k' k kon quon " },
	/* « je ne comprends pas la sanction », « faut pas nous juger », « ils n'arrêtent pas de nous juger »: what follows these is
	 * not denied */
	{ R_OPINION, " comprend* compren* compri* compran* sait sais savent savons savez savoir savais savait savaient su saura* accept* aime "
	             "aimes aimer aiment aimons aimez aimais aimait aimerai* veut veux veulent voulons voulez vouloir voulais voulait voulaient "
	             "voulu voudrai* souhait* support* merit* expliq* justifi* accord oppose* jcompr* jsai* jpeu* contre normal normale normaux normales juste "
	             "justes sert servent servi servir servait change* repond* tient tiennent tenir tenu tenai* oubli* attend* vaut valent faut "
	             "fallait faudrait faudra doit dois doivent devrai* devoir devait devaient devons devez arrete* arreton* cess* envie etonn* surpren* "
	             "surpri* raison regle* resou* resol* empech* suffi* possible* facile* prevenu* preven* previen* averti* inform* communiqu* "
	             "ecout* aide aides aider aident propose* peux peut peuvent pouvons pouvez pourrai* pouvoir clair claire clairs claires "
	             "logique* efficace* utile* adapte* pardonn* digere* conteste* rappel* rembours* hesit* regrett* "
	             "humain humaine acceptable* admissible* tolerable* bien sympa cool beau joli digne honnete correct* evident* drole agreable bon bonne honte crime marrant rigolo sain malsain "
	             "lever leve levee levees annul* retir* enlev* supprim* echapp* gene genent pu pourra* compte comptes "
	             "compter manque manquent manquait cache* dissimul* abri habitu* tort voient interet utilite comptent rentre rentrent tiens reconnai* reconnu* oblige* droit courrier lettre avis gagner chance raconte racontez reviendr* reviennent evite* proteg* preserv* epargn* dispens* exempt* notifi* motif decision explic* ose oses osent osais oser " },
	{ R_REPORT, " dirai* dirais dirait pense penses pensent penser pensais pensait pensaient croi* croy* crus dit dis disent dire disait disaient impression "
	            "sens sent sentir senti sentie sentais sentait sentent sentons trouve trouves trouver trouvent voir vu entend* entendu "
	            "semble paru sorti balance reproche reprochent reprocher parai* parait sensation sentiment fait faire font faisait faisaient existe existent " },
	{ R_SUBJECT, " je j' tu il ils on elle elles j jai jy jen jveux jveu jetais c' ca chui chuis g ya jsuis jsui jss " },
	{ R_DET, " le la les l' un une des du mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces au aux "
	         "quelque quelques plusieurs certain certains certaine certaines deux trois chaque tout toute tous toutes l " },
	{ R_OBJECT, " me m' te t' se s' nous vous le la les lui leur y en l' m ns vs t s l " },
	{ R_BREAK, " mais ms car dc donc or parce pcq pck psk pasque parceque puisque puisqu' pourtant cependant toutefois alors puis ensuite sauf sinon pourquoi pkoi "
	           "comment tandis malgre sof contrairement heureusement malheureusement avant apres " },
	{ R_SI, " si s'il s'ils sil sils " },
	{ R_QUAND, " quand lorsque lorsqu' qd kan kand quant " },
	{ R_AND, " et ou & puis " },
	{ R_MARK, " euh heu heuu euuh hein hum hmm " }, /* hesitations mean nothing */
	{ R_QUI, " qui dont ou ki lequel laquelle " },
	{ R_DE, " de d' des du d " },
	{ R_AUX, " suis es est sommes etes sont etais etait etions etiez etaient serai sera serons serez seront serais serait seraient fus fut "
	         "furent soit soient sois soyez ete etre ai as a avons avez ont avais avait avions aviez avaient aurai aura aurons aurez "
	         "auront aurais aurait auraient ait aies aient eu eue eus avoir mont lont mavait mavaient jai cest nest nai nont netait netais sui chui chuis g ya jsuis jsui jss " },
	{ R_POUR, " pour afin pr " },
	{ R_SPARED, " lieu plutot abri echapp* evite evites evitee evitees evitent evitait epargn* dispens* exempt* debarrass* delivre delivree proteg* "
	            "parti partie partis parties disparu disparue disparus disparues envole envolee envoles envolees passe ancienne "
	            "impossible derriere souvenir fin estomp* dissip* evanoui* evapor* fondu fondue fondus fondues tari tarie taries eteint* cicatris* eviter "
	            "preserve preserves preservent preservee libere liberee liberes liberees soulage soulagee affranchi affranchie decharge dechargee "
	            "quitte quittee quittes quittees gueri guerie gueris sorti sortie sortis renonce renoncent renoncait aurait auraient aurais passes passons passent adieu exit ciao arretee arretees "
	            "dalle neant nada croyais pensais craignais imaginais redoutais attendais croyait craignait realite final finalement resultat predit contraire inverse sauf refuse refusent refusait refusaient arrete arretes cesse fini finie finis finies termine terminee termines terminees " },
	{ R_MATTER, " histoires occupe charge vont roulent gazent baignent marche fonctionne va roule gaze baigne regle reglee reglees bon ok nickel nikel nickels impec impeccable impeccables parfait parfaite "
	            "tient tiennent suit gere gerons maitrise maitrisons assure boucle bouclee boucles arrange arrangee arranges cale calee solde soldee soldes acquis acquise plie pliee carre carres "
	            "problematique problematiques freins probleme problemes problem soucis souci pb pbs galere galeres difficulte difficultes ennui ennuis tracas embrouille "
	            "embrouilles embarras inconvenient complication complications pepin pepins blocage obstacle frein stress mal rapport rapports lien voir concern* soumis soumise dedans touche touchee "
	            "vise visee besoin tranquille tranquilles tranquil paix embete embetent embetee saoule gonfle redire signaler reprocher ras "
	            "fache fachee inquiet perdu perdue perdus paume paumee largue larguee depasse depassee plains plaint plaindre peur gene genent derange inquiete "
	            "manque manquent bloque bloquent freine freinent empeche empechent genent derangent inquietent coince coincent complique retient retiennent pose posent effraie rebute rebutent decourage intimide "
	            "effraient effraye effrayent stressent decouragent intimident compliquent tracassent clochent fatigue fatiguent desinscri* stresse manquait bloquait genait dispense oblige obligee obliges force forcee forces tenu tenue question cause histoire affaire faut cherche demande dispens* exempt* epargn* "
	            "bassine bassinent tanne tannent sorcier complique compliquee compliques compliquees complexe complexes difficile difficiles penible penibles laborieux peu pese pesent ronge mine cloche preoccupe preoccupent facile tracasse regarde regardent interess* tente tentent attire attirent branche branchent botte passionne "
	            "nez jeu formalite gateau rigolade peanuts roulettes rode rodee routine calme neant nada dalle classee tasse tassee revendre tape fous moque balance contrefiche cogne glisse egal gardez au-dessus " },
	{ R_COND, " s' condition conditions moins pourvu cas moment reserve discernement tant " },
	{ R_JUST, " justifi* injustifi* merit* normal normale normales normaux necessaire* explique* fonde* fondee* juste justes grave* "
	          "vraiment legitim* motive* abus* trich* fraud* menti* ment mentent profit* fout foutent fiche* moqu* respect* oblig* "
	          "proportion* fautif* faute comprehensib* reel* vrai* raison* " },
};

/* Tokens that are punctuation only: commas, and marks that do not end a clause. */
static const char commas[] = " , ، ";
static const char marks[] = " \" ' « » “ ” „ ‘ ’ ‹ › - – — * ** _ __ · % € + ";

#define NEG_TEXT(name, words) words,
static const char *const asked[] = { NEG_LISTS(NEG_TEXT) };
_Static_assert(L_WOULD_DO < 64 * sizeof(((neg_set *)0)->word) / sizeof(uint64_t), "the lists of the rules are bits of these numbers");

/* ---- the table ---- */

enum {
	SLOTS = 8192,  /* a power of two, above twice the number of words */
	LONGEST = 32,  /* bytes of the longest word that is looked up for its parts */
	HEAD_MAX = 63, /* bytes before a star, at most */
	HEAD = 1 << 8  /* set in entry.len for an entry with a star */
};

typedef struct entry {
	const char *text;
	uint32_t len;
	uint32_t role; /* its parts as a word */
	uint32_t sign; /* its parts as punctuation */
	neg_set lists;
} entry;
struct neg_words {
	uint32_t hash[SLOTS]; /* 0 = free */
	uint16_t at[SLOTS];
	uint64_t head_len; /* bit n is set if some entry has n bytes before its star */
	uint32_t count;
	entry entries[SLOTS / 2];
};

/* An incremental hash, so that hashing all beginnings of a word costs no more than hashing the word. */
static uint64_t hash_on(uint64_t h, char c)
{
	return (h ^ (unsigned char)c) * UINT64_C(0x9fb21c651e98df25);
}

static uint32_t hash_end(uint64_t h, uint32_t len)
{
	h = (h ^ len) * UINT64_C(0x9e3779b97f4a7c15);
	return (uint32_t)(h >> 32) | 1;
}

/* The slot of a word, or the free slot where it belongs. */
static inline uint32_t seek(const neg_words *w, const char *p, uint32_t len, uint32_t hash)
{
	uint32_t i = (hash >> 4) % SLOTS;
	for (; w->hash[i] != 0; i = (i + 1) % SLOTS) {
		const entry *e = &w->entries[w->at[i]];
		if (w->hash[i] == hash && e->len == len && memcmp(e->text, p, len & ~(uint32_t)HEAD) == 0)
			break;
	}
	return i;
}

typedef struct found {
	uint32_t role, sign;
	neg_set lists;
} found;

static inline void take(const neg_words *w, const char *p, uint32_t len, uint64_t h, found *out)
{
	uint32_t i = seek(w, p, len, hash_end(h, len));
	if (w->hash[i] != 0) {
		const entry *e = &w->entries[w->at[i]];
		out->role |= e->role;
		out->sign |= e->sign;
		for (unsigned k = 0; k < sizeof(e->lists.word) / sizeof(*e->lists.word); k++)
			out->lists.word[k] |= e->lists.word[k];
	}
}

static found look_up(const neg_words *w, aur_str s)
{
	found out = { 0 };
	uint64_t h = 0;
	/* no word in the lists is longer than HEAD_MAX, so a longer one can only match an entry with a star */
	for (uint32_t k = 1; k <= s.len && k <= HEAD_MAX; k++) {
		h = hash_on(h, s.ptr[k - 1]);
		if (w->head_len >> k & 1)
			take(w, s.ptr, k | HEAD, h, &out);
		if (k == s.len)
			take(w, s.ptr, k, h, &out);
	}
	return out;
}

static void put_in(neg_set *s, neg_list list)
{
	s->word[(unsigned)list / 64] |= UINT64_C(1) << (unsigned)list % 64;
}

/* Adds the words of a list « a b* c ».  `stars`: a trailing star stands for any ending. */
static bool add_list(neg_words *w, const char *list, bool stars, uint32_t role, uint32_t sign, neg_list in)
{
	for (const char *p = list; *p != 0;) {
		size_t n = strcspn(p, " ");
		if (n == 0) {
			p++;
			continue;
		}
		uint32_t len = (uint32_t)n;
		if (stars && p[n - 1] == '*')
			len = (uint32_t)(n - 1) | HEAD;
		uint64_t h = 0;
		for (uint32_t i = 0; i < (len & ~(uint32_t)HEAD); i++)
			h = hash_on(h, p[i]);
		uint32_t hash = hash_end(h, len), i = seek(w, p, len, hash);
		if (n > HEAD_MAX || w->count == SLOTS / 2)
			return false;
		if (w->hash[i] == 0) {
			w->hash[i] = hash;
			w->at[i] = (uint16_t)w->count;
			w->entries[w->count++] = (entry){ .text = p, .len = len };
			if (len & HEAD)
				w->head_len |= UINT64_C(1) << (n - 1);
		}
		entry *e = &w->entries[w->at[i]];
		e->role |= role;
		e->sign |= sign;
		if (in < NEG_LIST_COUNT)
			put_in(&e->lists, in);
		p += n;
	}
	return true;
}

neg_words *neg_words_new(void)
{
	neg_words *w = calloc(1, sizeof(*w));
	if (w == NULL)
		return NULL;
	bool good = add_list(w, commas, false, 0, R_COMMA, NEG_LIST_COUNT) && add_list(w, marks, false, 0, R_MARK, NEG_LIST_COUNT);
	for (size_t i = 0; good && i < sizeof(lists) / sizeof(*lists); i++)
		good = add_list(w, lists[i].words, true, lists[i].role, 0, NEG_LIST_COUNT);
	for (unsigned i = 0; good && i < NEG_LIST_COUNT; i++)
		good = add_list(w, asked[i], true, 0, 0, (neg_list)i);
	if (!good) {
		free(w);
		return NULL;
	}
	return w;
}

uint32_t neg_role(const neg_words *w, aur_str s, bool punct)
{
	found f = look_up(w, s);
	if (punct && f.sign != 0)
		return f.sign;
	if (s.len > LONGEST)
		f.role = 0;
	return f.role != 0 || !punct ? f.role : R_STOP;
}

static bool ends_in(aur_str s, const char *ending)
{
	size_t n = strlen(ending);
	return s.len >= n + 2 && memcmp(s.ptr + s.len - n, ending, n) == 0;
}

neg_set neg_lists(const neg_words *w, aur_str s)
{
	neg_set in = look_up(w, s).lists;
	if (ends_in(s, "er") || ends_in(s, "ir") || ends_in(s, "re"))
		put_in(&in, L_INFINITIVE);
	if (ends_in(s, "ez") || ends_in(s, "ons"))
		put_in(&in, L_ORDER);
	if (ends_in(s, "rais") || ends_in(s, "rait") || ends_in(s, "raient") || ends_in(s, "rions"))
		put_in(&in, L_WOULD_DO);
	return in;
}

static uint64_t hash_text(uint64_t h, const char *p)
{
	for (; *p != 0; p++)
		h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
	return h;
}

uint64_t neg_words_hash(void)
{
	uint64_t h = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		h = hash_text(h, lists[i].words);
	for (size_t i = 0; i < NEG_LIST_COUNT; i++)
		h = hash_text(h, asked[i]);
	return h;
}
