/* SPDX-License-Identifier: Apache-2.0 */
/* lists.h - the word lists that rules ask for by name: X(name, words).  Words are written without accents and capitals, between
 * spaces; a star stands for any ending.  A comment says what a list is for where its name does not. */
#ifndef AURICULE_NEGATION_LISTS_H
#define AURICULE_NEGATION_LISTS_H

#define NEG_LISTS(X) \
	/* forms that are a cue only in some company */ \
	X(L_POINT, " point ") \
	X(L_ZERO, " 0 zero ") \
	X(L_NUL, " nul nuls nulle nulles ") \
	X(L_SIL, " s'il s'ils sil sils ") \
	X(L_CONDITION, " condition conditions ") \
	X(L_MOINS, " moins ") \
	X(L_POURVU, " pourvu ") \
	X(L_CAS, " cas ") \
	X(L_MOMENT, " moment ") \
	X(L_RESERVE, " reserve ") \
	X(L_DISCERNEMENT, " discernement ") \
	X(L_BETTER, " mieux ") \
	X(L_TANT, " tant ") \
	/* words beside a cue: then it is not a cue */ \
	X(L_BEFORE_PAS, " pourquoi pkoi ou -ce au un premier chaque ") \
	X(L_PAS_ONLY, " seulement uniquement simplement forcement toujours tous toutes tout assez mal etonnant surprenant moins souvent question faute ") \
	X(L_PAS_DE_DOUTE, " doute doutes surprise autre autres choix question moyen solution ") \
	X(L_QUE_SI, " que si ") \
	X(L_BEFORE_RIEN, " pour de que a moins des les ") \
	X(L_QUE, " que qu' ") \
	X(L_A_PERSON, " en chaque autre meme premiere seule grande jeune vraie de d' ") \
	X(L_UNIT, " euro euros € heure heures h km jour jours an ans ") \
	X(L_SANS_DOUTE, " doute cesse arret fin compter parler oublier exception blague deconner ") \
	X(L_AFTER_NO, " a au aux merci ") \
	X(L_BEFORE_NO, " dire dis dit ou ") \
	X(L_SA, " sa ") \
	X(L_OK, " ok oki okay ") \
	X(L_REGAINED, " retrouve retrouvee ") \
	X(L_WONDER, " demande demandes demandait demander ") \
	X(L_WORKS, " marche fonctionne ") \
	X(L_ARRIVED, " arrive arrivee arrives arrivees ") \
	X(L_WHETHER, " meme comme demand* savoir sais sait vois voir verifier regarder dis dit voyez ") \
	/* more, or no more? */ \
	X(L_MORE, " en un peu beaucoup encore bien toujours non ") \
	X(L_AFTER_NO_MORE, " du depuis maintenant ici ") \
	X(L_BEFORE_A, " y n' on il elle ca m' t' nous vous l' qui ") \
	X(L_ALONE, " seul seule seuls seules ") \
	X(L_WOULD, " aurais aurait aurions auriez auraient serais serait serions seraient ") \
	X(L_WISH, " veux voudrai* voudrait voudraient veulent faut faudrait souhait* demand* esper* aimerai* reve* exig* feraient ferait devrai* " \
	          "pourrai* doivent doit ") \
	/* « à aucun moment », « nulle part », « en aucun cas »: said of the whole clause */ \
	X(L_TIME_OR_WAY, " moment moments instant part fois foi facon facons maniere cas seconde minute jour ") \
	/* what depends on a denied clause but is true nevertheless: « je ne dors plus depuis ma radiation » */ \
	X(L_ADJUNCT, " pendant depuis depui durant cause grace tellement apres avant faute lors ") \
	X(L_FEAR, " peur crainte honte ") \
	X(L_PER, " par ") \
	/* « pas là pour juger », « pas fait pour »: the purpose is denied as well */ \
	X(L_MADE, " la fait faits faite faites venu venus venue venues vient viennent viens venir paye payes payee payees prevu prevue prevus ") \
	X(L_TAKE, " prend prends prennent prenait prenne prendre pris prise prises passe passes passer passent passait pri prit pas jamais plus ") \
	X(L_WHOSE, " ma mon mes ta ton tes sa son ses notre nos votre vos leurs ") \
	X(L_NOW, " maintenant aujourd'hui aujourdhui depuis desormais ici ") \
	X(L_OBLIGED, " amene amenee oblige obligee obliges obligent force forcee forces tenu tenue contraint contrainte ") \
	X(L_TO, " a d' de ") \
	X(L_HAD, " eu ") \
	X(L_PEINE, " peine ") \
	X(L_DEPUIS, " depuis depui dpuis ") \
	X(L_THIS, " ce cette ces cet ") \
	X(L_SINCE, " maintenant depuis des alors parce pendant tandis bien avant ") \
	X(L_THERE, " chez ici la dans eux elle lui toi vous ") \
	X(L_VOIR, " voir ") \
	/* what may stand between a verb and the « pas » behind it */ \
	X(L_BETWEEN, " vraiment meme trop encore toujours du tout jamais donc non par en ") \
	X(L_AFTER_IF, " besoin possible quelqu'un ce cela ") \
	/* positive words that deny */ \
	X(L_LIEU, " lieu ") \
	X(L_PLUTOT, " plutot ") \
	X(L_ESCAPED, " echapp* evite evites evitee evitent evitait abri epargn* dispens* exempt* debarrass* delivre delivree proteg* ") \
	X(L_REFUSE, " refuse refusent refusait refusaient ") \
	X(L_STOPPED, " arrete arretes arretee arretees cesse ") \
	X(L_OVER, " fini finie finis finies termine terminee termines terminees ") \
	X(L_GONE, " parti partie partis parties disparu disparue disparus disparues envole envolee envoles envolees ") \
	X(L_PAST, " passe ancienne ") \
	X(L_TIMES, " temps epoque jours annees periode ") \
	X(L_BEFOREHAND, " avant autrefois jadis auparavant ") \
	/* « jamais autant humiliée », « rien de plus humiliant »: never so much, so it did happen */ \
	X(L_AS, " autant aussi pire telle tel tels telles pareille pareil pareils pareilles ") \
	/* « on ne m'a pas dit que je serais radiée »: but I was */ \
	X(L_TOLD, " dit dire disent annonce annoncer signale ") \
	X(L_GOING, " serais serait serions seraient allais allait allaient va vais aurais aurait pouvais pouvait pourrais pourrait ") \
	X(L_TO_ME, " me m m' nous ns ") \
	X(L_I_HAVE, " ai jai nai ") \
	X(L_HARD, " sorcier complique compliquee compliques compliquees complexe complexes difficile difficiles penible penibles laborieux ") \
	/* no matter */ \
	X(L_PROBLEM, " histoires probleme problemes problem soucis souci pb pbs galere galeres difficulte difficultes ennui ennuis tracas embrouille " \
	             "embrouilles embarras inconvenient complication complications pepin pepins blocage obstacle frein freins stress mal problematique problematiques ") \
	X(L_RAPPORT, " rapport rapports lien ") \
	X(L_CONCERN, " concern* soumis soumise vise visee vises dedans touche touchee touches ") \
	X(L_PEACE, " tranquille tranquilles tranquil paix ") \
	X(L_LEAVE, " laisse laissee laisses laissees laissent fiche fichu foutu fout foutent ficher ") \
	X(L_BOTHER, " bassine bassinent tanne tannent embete embetent embetee emmerde emmerdent saoule saoulent soule soulent gonfle prend ") \
	X(L_BLOCK, " manque manquent manquait bloque bloquent bloquait gene genent genait inquiete inquietent derange derangent coince coincent " \
	           "freine freinent empeche empechent complique compliquent retient retiennent pose posent effraie effraient effraye effrayent stresse stressent peur rebute rebutent decourage " \
	           "decouragent intimide intimident ") \
	X(L_HURT, " arrete arretent mine minent ronge rongent pese pesent cloche foire preoccupe preoccupent tracasse tracassent clochent defaut fatigue fatiguent ") \
	X(L_NEEDED, " reclame parle vise attends recherche reproche voulais ") \
	X(L_NEED, " besoin faut cherche demande veux voulais manque manquait ") \
	X(L_LOST, " perdu perdue perdus perdues paume paumee paumes largue larguee largues depasse depassee depasses plains plaint plaindre plaigne " \
	          "fache fachee nul nulle embete embetee inquiet inquiete ") \
	X(L_REDIRE, " redire signaler reprocher ras ") \
	X(L_TOWARDS, " avec avc avk aveq pour pr a au aux sur en dans cote niveau question par concernant ") \
	X(L_SIDE, " cote niveau question pour pr avec avc avk aveq concernant ") \
	X(L_LIGHT, " pose posent fait cause eu eue eus rencontre rencontres connu vrai vrais vraie gros grosse grosses grand grands grande petit petits petite reel moindre " \
	           "seul seule vraiment trop y en plus encore du tout a ") \
	/* what may stand between a thing that is named and what is said of it */ \
	X(L_LINK, " moi nous pour ca cela ce c' est sont etait y il ya pose posent posait connais connait existe existent pratique pratiquent ressens vois a ai ici eu va vont ") \
	/* what one says of a thing that one has met with, or not: « jamais vu », « la honte, connais pas » */ \
	X(L_MET_WITH, " venu venue venus venues pratique pratiquent applique appliquee appliques appliquees appliquent connais connait connaissons existe existent vu eu eue ressens ressenti senti subi vecu entendu connu place tombe* arrive arrivee arrives vue vus vues eues connue connus connues " \
	          "entendue entendus entendues subie subis subies vecue vecus vecues ressentie ressenties brandi* evoque* aborde* souleve* cite citee cites citees signale* releve* rapporte* prononce* agite* envisage* mentionne* inflige* ") \
	X(L_PU, " pu plu pus ") \
	X(L_BESOIN, " besoin  ") \
	X(L_IT, " c' ce cest c ") \
	X(L_YOU, " vous tu ") \
	X(L_IS, " est etait c'est cest nest nes netait ") \
	X(L_HAVE, " ai as a avons avez ont avais avait aurai avoir jai ") \
	X(L_ELIDED_LE, " l' ") \
	X(L_ASK, " ? ?! ?? ??? !? ") \
	X(L_LONG, " longtemps lurette moment ans mois annees semaines ") \
	X(L_BELIEVE, " crois croit croient croyais croyait croyaient cru ") \
	X(L_STRUGGLED, " galere galerer bataille batailler rame ramer peine lutte lutter ") \
	X(L_EASY, " facile tranquille finger easy ") \
	X(L_SIR, " monsieur madame m. mme mr ") \
	X(L_GOOD, " bon ok ") \
	X(L_NOT_NOTED, " repere* identifi* prioritaire prioritaires concern* abord* remonte* formule* exprime* constate* retenu* souhaite* ") \
	X(L_NEGATIVE, " negatif negatifs negative negatives defavorable defavorables ") \
	X(L_THINK, " pense penses songe ") \
	X(L_GRACE, " grace ") \
	X(L_CAUSE, " cause question affaire histoire ") \
	X(L_DONT, " dont ") \
	X(L_SPARED, " dispens* exempt* epargn* desinscri* ") \
	X(L_RAS, " ras ") \
	/* in order */ \
	X(L_FINE, " va vont roule roulent gaze gazent baigne baignent tient tiennent ") \
	X(L_SETTLED, " regle reglee reglees bon ok boucle bouclee boucles arrange arrangee arranges cale calee cales solde soldee soldes acquis acquise fait plie pliee carre carres ") \
	X(L_SPLENDID, " nickel nikel nickels impec impeccable impeccables parfait parfaite ") \
	X(L_REALLY, " tres enfin franchement tout vraiment vite deja plutot bien super ") \
	X(L_NO_MORE_THAN, " merci maintenant aujourd'hui desormais franchement la enfin globalement quand meme pour moi nous l' instant dieu chez ici de ce cote cote-la niveau niveau-la la-dessus -la le en moment encore deja question point point-la plan plan-la ") \
	X(L_FED_UP, " marre claque assez ras-le-bol raslebol bol basta stop suffit ") \
	X(L_SOME, " deux trois quelques quatre cinq ") \
	X(L_BEFORE, " avant apres comment pourquoi ") \
	X(L_BIEN, " bien ") \
	/* what notes of a session say that nobody spoke of */ \
	X(L_RAISE, " evoque* souleve* aborde* mentionne* cite citee cites citees citent signale* releve* rapporte* conteste* critique* remet remettent identifi* remonte* exprime* formule* constate* ") \
	X(L_REMARK, " remarque remarques reproche reproches plainte plaintes critique critiques grief griefs negatif negatifs souhait souhaits mention incident incidents signalement signalements reclamation reclamations ") \
	X(L_NOTED, " demande demandes besoin besoins difficulte difficultes question questions ") \
	X(L_OBJET, " objet ") \
	X(L_WISHED, " souhait souhaits demande demandes mention plainte plaintes signalement signalements recherche ") \
	X(L_THIS_SIDE, " cote cote-la niveau niveau-la point point-la sujet sujet-la ") \
	X(L_PRESENT, " participant participants participante participantes present presents presente presentes allocataire allocataires beneficiaire beneficiaires membre membres habitant habitante habitants habitantes personne ") \
	X(L_AMOUNTS, " constitue constituent represente representent constituait ") \
	X(L_HERE, " ici chez pour avec la ") \
	X(L_ASKING, " pourquoi comment ou quand qui quoi combien quel quelle quels quelles est-ce peut-on ") \
	X(L_EXCEPT, " sauf pourquoi ") \
	X(L_SETTING, " en depuis dans chez ici avec pendant la ") \
	X(L_THANKS, " merci priere ") \
	X(L_SAY, " dire ") \
	X(L_CAN, " peux peut pourrai* saurai* pouvons pouvez peuvent ") \
	X(L_ABLE, " sais sait savent savais savait savoir comprends comprend comprennent peux peut peuvent ") \
	X(L_MANAGE, " arriv* reuss* parvien* ") \
	X(L_IMPOSSIBLE, " impossible ") \
	X(L_INTERJECTION, " ben bah franchement moi euh alors honnetement heureusement ah bon et oh ouf oui bof beh bin hein ") \
	X(L_CE, " ce c' ") \
	X(L_ABOUT, " pour avec face contre malgre devant sur concernant ") \
	X(L_COUP, " coup ") \
	X(L_BE, " etre soit soient sera seront serait ") \
	X(L_SOMEONE, " quelqu'un personne gens genre endroit lieu centre groupe service atelier maison structure association place conseiller conseillere " \
	             "referent referente equipe ") \
	X(L_OTHER, " autre autrement ") \
	X(L_IMPOSE, " oblige obligent obligeait force forcent impose imposent imposait exige exigent ") \
	X(L_S, " s' ") \
	X(L_HE, " il ils ") \
	X(L_ET, " et & ") \
	X(L_HELP, " aide appui intervention soutien ") \
	X(L_SURELY, " certainement surement surtout absolument clairement carrement ") \
	X(L_PRONOUN, " moi nous toi lui eux elle elles ca cela ") \
	X(L_AU, " au ") \
	X(L_A, " a ") \
	X(L_A_SOUS, " a sous ") \
	X(L_AVEC, " avec avc avk aveq ") \
	X(L_CERTAINS, " certains ") \
	X(L_COMME, " comme ") \
	X(L_DU, " du ") \
	X(L_EN, " en jen nen ") \
	X(L_MAIS, " mais ms ") \
	X(L_SOUS, " sous ") \
	X(L_UN, " un une ") \
	X(L_Y, " y jy ny ") \
	/* another matter, or nobody's wish */ \
	X(L_MINE, " truc trucs dada tasse moment delire kif demande souhait objectif rayon cas sujet priorite priorites ordre actualite programme affaire urgence preoccupation problematique combat ") \
	X(L_THEIRS, " ton ta tes votre vos leur leurs ") \
	X(L_AGE, " age ") \
	X(L_USE, " usage utilite interet envie intention presse pressee hate ") \
	X(L_WANT, " veux voulu veut voulais jveux jveu jve voulons ") \
	X(L_SEEK, " cherche jcherche jdemande jreclame cherchons cherchais recherche demande demandons reclame reclamons attends vise souhaite envisage parle ") \
	X(L_THEY, " il ils elle elles ") \
	X(L_DONE, " pris fait faite suivi participe utilise frequente mis ") \
	X(L_ASKED, " demande demander reclame reclamer exige exiger ") \
	X(L_DEALT, " recours allocataire beneficiaire adherent affaire inscrit inscrite inscrits pieds pied dependant interesse interessee interesses ") \
	X(L_SENT, " envoye envoyee envoyer envoie adresse adressee ") \
	X(L_MAKES_USE, " depends dependons participe passe utilise frequente ") \
	X(L_WENT, " oblige obligee ete alle allee mis retourne retournee participe gout* inscrit inscrite touche foutu pense ") \
	X(L_AT, " a au aux chez dans en de d' par l' vers ") \
	X(L_AM, " suis chuis chui sui sommes jsuis jsui ") \
	X(L_TRIED, " cherche essaye tente voulu ") \
	X(L_WAITED, " attendu ") \
	X(L_REGARD, " regarde regardent interess* tente tentent attire attirent branche branchent botte passionne ") \
	X(L_MANAGED, " debrouill* arrange arranges trouve regle decroche obtenu monte embauche embauchee pris prise reussi appris passe fait refait signe " \
	             "deniche denichee denichees trouvee trouvees obtenue decrochee montee reglee passee signee ") \
	X(L_COPE, " debrouill* arrange arrangent sors sort sortons passe ") \
	X(L_TOUT, " tout ") \
	X(L_SE, " se s' ") \
	X(L_FAIT, " fait regle passe ") \
	X(L_PASSER, " passer ") \
	X(L_MERCI, " merci ") \
	X(L_VIE, " vie ") \
	X(L_PEU, " peu ") \
	X(L_MANQUE, " manque ") \
	X(L_FAUTE, " faute ") \
	X(L_NOT_A_NAME, " avec en a pour par chez dans comme que qu' ") \
	X(L_CE_OR_CES, " ces ce c' cest c ") \
	X(L_OFFER, " a ont propose proposent donne donnent fait font offre ") \
	X(L_FOUND, " trouve trouves trouvons vois voit voyons ") \
	X(L_SOON, " linstant maintenant mtn moment instant suite encore ") \
	X(L_KNOWS, " connais connait ") \
	X(L_CHOSE, " chose ") \
	X(L_COME, " vient vienne viennent venait ") \
	X(L_DUTY, " telecharger installer preparer apprendre passer faire declarer remplir rendre payer rembourser justifier fournir prouver refaire renvoyer avancer signer scanner pointer reclamer ") \
	X(L_PUSH, " pousse poussee pousser colle collee coller place placee placer mis mise mettre envoye envoyee envoyer oriente orientee caser force forcee ") \
	X(L_INTO, " dans vers sur chez a d' de en au aux ") \
	X(L_DANS, " dans la-dedans ") \
	X(L_USING, " passer utiliser prendre aller faire avoir voir chercher suivre remplir etre ") \
	X(L_THIRD_PERSON, " sont ont est a etait etaient avait avaient ") \
	X(L_ACCOUNT, " compte dossier inscription ") \
	X(L_MEETING, " rdv rendez-vous ") \
	X(L_FAIS, " fais ") \
	X(L_QUESTION, " question ") \
	X(L_BAD, " honte peur crainte menace menaces sanction sanctions radiation radiations chantage mepris stress angoisse angoisses galere galeres dette " \
	         "dettes decouvert jugement jugements prejuges paperasse solitude isolement retard retards flicage moquerie moqueries ") \
	X(L_DIT, " dit ") \
	X(L_PLAN, " compte comptais prevois envisage souhaite ") \
	X(L_HORS, " hors ") \
	X(L_BEEN, " ete ") \
	X(L_ON, " on ") \
	X(L_GOES, " vais allons ") \
	X(L_CA, " ca cela c' ") \
	X(L_LIKE, " ressemble ressemblent ressemblait ") \
	X(L_GIVE, " donner proposer envoyer coller payer filer imposer trouver ") \
	X(L_REQUIRE, " demande demandait demandent exige exigeait exigent necessite requiert ") \
	X(L_IMPOSED, " impose imposee imposes imposees obligatoire obligatoires force forcee forces ") \
	X(L_DO_INSTEAD, " voit ecrit rigole bricole joue discute echange cause chante note notent ") \
	X(L_PLEASES, " repose va soulage convient plait ") \
	X(L_I, " je j' ") \
	/* over, or spared */ \
	X(L_BEHIND, " derriere ") \
	X(L_LEFT, " laisse laissee laissees laisses ") \
	X(L_FULLY, " loin bien enfin desormais maintenant tout totalement completement largement definitivement aujourd'hui ") \
	X(L_BELONGS, " appartient appartiennent appartenait releve relevent ") \
	X(L_MEMORY, " souvenir ") \
	X(L_END, " fin bout ") \
	X(L_A_AU, " a au aux ") \
	X(L_COLON, " : ") \
	X(L_WHY, " pourquoi pkoi pq pk ") \
	X(L_TELLS_OF, " parle cause questionne interroge ") \
	X(L_MERELY, " juste seulement uniquement simplement ") \
	X(L_CAR, " car ") \
	X(L_APRES, " apres ") \
	X(L_RUN, " courir cours court couru galoper ") \
	X(L_THEM, " eux elle elles lui ") \
	X(L_TOMORROW, " demain pres ") \
	X(L_SEEN_THERE, " verra verrez verront irai remettrai mettrai ") \
	X(L_APPLY, " applique appliquent appliquait ") \
	X(L_SECRET, " secret secrets ") \
	X(L_TOOK_HEAD, " pris embete embetee ennuye ennuyee saoule saoulee derange derangee gene genee freine freinee bloque bloquee coute pese inquiete inquietee " \
	               "complique preoccupe stresse stressee manque effraye pose empeche empechee arrete arretee retenu retenue ") \
	X(L_SPENT, " passe perdu mis ") \
	X(L_PREP, " par chez avec pour a au aux dans sur vers ") \
	X(L_FRANKLY, " franchement honnetement perso personnellement sincerement heureusement ") \
	X(L_REACHES, " atteint atteignent ") \
	X(L_ASIDE, " cote niveau question ") \
	X(L_OUT, " sorti sortie sortis gueri guerie gueris libere liberee liberes debarrasse debarrassee debarrasses ") \
	/* the key word of each idiom: idioms.c */ \
	X(L_IDIOM, " bon bois mer mort drame dur complique difficile osef fastoche importe indiffere debarras tournee jeunes jour rond soucis change battre secouer cirer foutre faire nez alarmant ancienne arrange arrangee assez au-dessus autres avant balance calme charrier chaud classee cogne connait" \
	           " contrefiche coup croise dalle derriere dirais dire dramatiser egal embarras envie exagerer exagerons facilement faut" \
	           " fermes fiche foison formalite fort fou fous gardez gateau glisse habitudes interet inventer irais jeu lettre mechant" \
	           " merci monde moque mot nada neant necessaire partout passe peanuts peine pelle plein pousser rentre rentree rentres" \
	           " revendre revenir rien rigolade rode rodee roulettes route routine sans servirait seul sujet tape tard tasse tassee utile" \
	           " bluff bobos gamins pipeau utilite vent vie vieux vite ") \
	X(L_SENDS, " renvoie renvoient renvoyait ") \
	X(L_STAYED, " reste restee restes restees laisse laissee laisses laissees ") \
	X(L_RENOUNCE, " renonce renoncent renoncait ") \
	X(L_MIGHT, " pu ") \
	X(L_COMES, " viens venons vais allons ") \
	X(L_QUIT, " quitte quittee quittes quittees ") \
	X(L_PUT, " mis ") \
	X(L_ARE, " sont etaient ") \
	X(L_PUT_IN, " mis mise mises remis remise remises ") \
	X(L_CEASED, " cesse estomp* dissip* evanoui* evapor* fondu fondue fondus fondues tari tarie taries envole envolee envoles envolees eteint* cicatris* ") \
	X(L_ARRIVE, " venir tomber pleuvoir arriver appeler sonner exister fuser circuler ") \
	X(L_AVOID, " evite evites evitee evitees evitent evitait eviter epargn* ") \
	X(L_TO_HIM, " te t' lui leur ") \
	X(L_MUST, " dois doit devons faut faudrait faudra ") \
	X(L_STOP_IT, " arrete arretez ") \
	X(L_FREED, " preserve preserves preservent preservee protege protegee proteges protegees libere liberee liberes liberees delivre delivree " \
	           "debarrasse debarrassee debarrasses soulage soulagee affranchi affranchie decharge dechargee gueri guerie ") \
	X(L_OF_THE, " du d' de ") \
	X(L_PASSES, " passe passes passons passent ") \
	X(L_EASILY, " tres bien facilement volontiers aisement parfaitement ") \
	X(L_UNDERSTANDS, " sait savent comprend comprennent explique expliquent ") \
	X(L_FORBIDDEN, " interdit interdite interdits interdites refuse refusee refuses refusees ") \
	X(L_FORESAW, " attendais ") \
	X(L_THE_ONE, " le la les l' ") \
	X(L_LIVES, " ressens ressent ressentons sens sent vois voit voyons entends entend entendons crains craint connais connait subis subit vis croise croisons recois ") \
	X(L_WHO, " qui quand ou combien ") \
	X(L_NADA, " nenni nada niet neant negatif dalle ") \
	X(L_RISK, " risque risquait risques ") \
	X(L_SERVES, " sers sert servons utilise utilisons prends prend prenons touche frequente consulte ") \
	X(L_FOOT, " pied pieds orteil ") \
	X(L_DEMANDED, " demande demandee demandees demandes reclame reclamee reclamees reclames exige exigee exigees impose imposee imposees imposes ") \
	/* says that something fails, and is not just done without */ \
	X(L_ILL, " trop cher chere chers cheres retard peur parce car faute impossible panne loin galere complique compliquee dur rien manque perdu bloque refuse " \
	         "toujours encore depuis tard long longue attendre attends cause probleme problemes difficile difficiles ") \
	X(L_FAREWELL, " adieu exit ciao ") \
	X(L_POUR, " pour pr ") \
	/* what was expected, what one heard of, or what is not somebody's way */ \
	X(L_EXPECTED, " croyais pensais craignais imaginais redoutais attendais croyait craignait ") \
	X(L_FORETOLD, " dit predit prevenu prevenue prevenus averti avertie annonce raconte promis jure ") \
	X(L_HAD_BEEN, " avait avaient avais mavait mavaient ") \
	X(L_STUCK, " coince coincee coinces bloque bloquee bloques plante plantee perdu perdue paume paumee ") \
	X(L_ON_TOP, " sur devant ") \
	X(L_COULD, " pouvait pouvaient pouvais peux peut peuvent ") \
	X(L_SURE, " persuade persuadee sur sure certain certaine convaincu convaincue ") \
	X(L_HAPPENED, " passe arrive produit ") \
	X(L_WEARS_OFF, " passer* cesser* partir* arreter* finir* disparai* ") \
	X(L_COUNTS, " compte comptent importe importent ") \
	X(L_CLAIMS, " reclame reclament demande demandent impose imposent parle parlent exige exigent ") \
	X(L_THROWS, " colle fait dit ressort balance reproche jette sort envoie renvoie ") \
	X(L_WAS, " etais etait etaient ") \
	X(L_TURNED, " en fait realite final finalement resultat mais au eh et bilan bout du compte total y ") \
	X(L_TURNS_OUT, " compte total fait realite final finalement resultat bilan ") \
	X(L_CONTRARY, " contraire inverse oppose ") \
	X(L_BEFALLS, " arrive arrivee tombe tombee produit produite ") \
	X(L_WAY, " genre genres style habitude habitudes maniere methode methodes ") \
	X(L_GOES_ON, " passe comme ca ") \
	X(L_COMPARED, " avant autant encore aussi jusque vie ") \
	X(L_BEHIND_TIME, " retard coupe coupee coupes impaye saute relance relancee relances poursuivi poursuivie ") \
	X(L_PAID, " loyer loyers facture factures credit credits gaz edf electricite eau chauffage cantine charges mutuelle assurance telephone forfait traites pension ") \
	X(L_OFFICE, " caf travail emploi ft pe msa cpam carsat prefecture tresor impots banque ") \
	X(L_BOTHERED, " convoque convoquee convoques embete embetee embetes controle controlee controles harcele harcelee relance relancee ennuye ennuyee emmerde emmerdee ") \
	X(L_CHECK, " verifier controler surveiller verifie verifient verifiait controle controlent controlait surveille surveillent pointer compter ") \
	X(L_ATTENDED, " ete alle allee participe teste testee essaye essayee frequente utilise utilisee inscrit inscrite telechargee telecharge installe installee mis tente ") \
	X(L_SHOWN, " croise croises croisee croisees fait faite faites rencontre rencontres recu recue recus eu eue eues vu vue vus vues entendu entendue entendues " \
	           "senti sentie subi subie connu connue ") \
	X(L_RIGHT, " droit ") \
	X(L_FALSE, " faux ") \
	X(L_AUTONOMOUS, " autonome autonomes ") \
	X(L_TALK, " parle parlons parlais viens venu venue la ") \
	X(L_MEANS, " argent ressources ressource revenu revenus sous salaire economies ") \
	X(L_ONLY_THAT, " juste surtout seulement ") \
	X(L_DONE_BEFORE, " deja ") \
	X(L_AWAITS, " attends attendons espere esperons ") \
	X(L_EVEN, " meme ") \
	X(L_PERSON, " jeunes vieux vieilles voisin voisins voisine voisines gens patron patrons conseiller conseillere conseillers assistante educatrice educateur dame monsieur medecin prof profs famille " \
	             "caf travail emploi mairie ccas departement referent referente agent agents collegues copains copines amis parents eux lui elle elles filles gars caissiere boulangere ") \
	X(L_SHOULD, " devrait devraient devrions devriez faudrait ") \
	X(L_INDEED, " oui tous toutes souvent toujours evidemment ") \
	X(L_MINUTES, " minutes minute quarts ") \
	X(L_C_EST, " cest c' ") \
	X(L_RESERVATION, " contre seulement sauf sinon reste problem* souci* ") \
	X(L_UTTERLY, " completement royalement totalement eperdument carrement ") \
	X(L_PAS_MAL, " mal ") \
	X(L_AT_EASE, " aise ") \
	X(L_NOT_YET, " maintenant aujourd'hui ") \
	X(L_POSSIBLE, " possible faisable evident tenable jouable gerable ") \
	X(L_MISERY, " histoire histoires misere miseres ennui ennuis crasse crasses difficulte difficultes tort ") \
	X(L_PAID_UP, " paye payes payee payees regle regles reglee reglees fait faits faite faites envoye envoyes envoyees rempli remplis signe signes rendu rendue rendus rendues ") \
	X(L_CANNOT_PAY, " moyens cher chere ") \
	X(L_TREAT, " gateau tarte cadeau plaisir joie rigolade ") \
	/* what several lists have, so that one look says whether to ask for each: verdicts, what people manage */ \
	X(L_VERDICT, " occupe charge va vont roulent gazent baignent paye payee payes payees rembourse remboursee rembourses remboursees eponge epongee eponges epongees efface effacee effaces effacees roule gaze baigne tient tiennent regle reglee reglees bon ok boucle bouclee boucles arrange arrangee arranges cale" \
	             " calee cales solde soldee soldes acquis acquise fait plie pliee carre carres nickel nikel nickels impec impeccable" \
	             " impeccables parfait parfaite dire facile tranquille finger easy marche fonctionne suit passe gere gerons maitrise" \
	             " maitrisons assure jour ordre place point ") \
	X(L_ON_OWN, " autonome autonomes debrouill* arrange arrangent sors sort sortons passe aise gere gerons maitrise maitrisons assure" \
	             " excuse excuses pretexte ") \
	X(L_EXCUSE, " excuse excuses pretexte ") \
	/* by one of these, a sentence without any cue may say that all is well: it is worth a look */ \
	X(L_MAY_BE_WELL, " efface effacee effaces effacees eponge epongee eponges epongees rembourse remboursee rembourses remboursees laissons laissez mettons mettez oublions oubliez repare reparee repares reparees soignee soignees rendus rendues reglees paye payee mot terme fait jour ordre excuse pelle foison partout plein autonome autonomes debrouille laisse osef fastoche fiche bois sors sort sortons maitrise aise habitudes exagerons motivation volonte payees payes ") \
	X(L_KEEPS_UP, " suit passe ") \
	X(L_UP, " jour ordre regle place point ") \
	X(L_HOLDS, " bon debout ") \
	X(L_RUNS, " gere gerons maitrise maitrisons assure ") \
	/* notes, and what their writers say of those whom they met */ \
	X(L_REPORTS, " indique indiquent note notent precise precisent souligne soulignent signale signalent observe observent constate constatent releve relevent mentionne mentionnent " \
	             "declare declarent assure assurent explique expliquent ajoute ajoutent confirme confirment reconnait reconnaissent temoigne temoignent ") \
	X(L_WHO_MET, " groupe groupes participant participants participante participantes presents presentes allocataires beneficiaires membres meres peres parents jeunes personnes femmes hommes habitants table assemblee salle ") \
	X(L_SPOKEN, " parle discute ") \
	X(L_POSES, " pose posent posait posaient ") \
	X(L_EACH_TIME, " jour jours semaine mois matin soir rendez-vous rdv fois an annee trajet ") \
	X(L_ONE, " 1 ") \
	X(L_SUR, " sur ") \
	X(L_CURED, " gueri guerie gueris gueries ") \
	X(L_STILL, " encore ") \
	X(L_AGAINST, " contre ") \
	X(L_ENOUGH, " assez suffisamment ") \
	X(L_CALLS, " remets remet remettons remettent ") \
	X(L_MENDED, " repare reparee repares reparees soigne soignee soignes soignees ") \
	X(L_WORST, " dur pire difficile complique chiant penible ") \
	X(L_MOST, " pire ") \
	X(L_BACK, " dos ") \
	X(L_OWES, " dois doit devons grace merci ") \
	X(L_FORGETS, " oublions oubliez ") \
	X(L_ALL, " tous toutes ") \
	X(L_DAY, " lundi mardi mercredi jeudi vendredi samedi dimanche hier tot ") \
	X(L_SETTLED_UP, " regle reglee regles reglees solde soldee soldes soldees ") \
	X(L_SAD, " bon bonne normal juste facile simple humain evident drole agreable honte crime marrant sain rigolo gai possible digne honnete acceptable logique ") \
	X(L_HANDLES, " occupe charge ") \
	X(L_FAIR, " normal normale normaux normales juste justes humain humaine ") \
	X(L_CHOICE, " choix ") \
	X(L_SAYS, " dit disent explique expliquent sait savent raconte annonce dis ") \
	X(L_OFFERED, " propose proposee offert donne ") \
	X(L_PUTS_ASIDE, " laissez laissons mettez mettons laisse ") \
	X(L_LOOKS_FOR, " cherche ") \
	X(L_NEED_TO, " faut fallait faudra faudrait ") \
	X(L_GENIUS, " genie genies crack cracks ingenieur ingenieure ingenieurs expert experte experts sorcier sorciere bac bac+5 bac+3 informaticien informaticienne lumiere champion championne " \
	            "polytechnicien avocat avocate docteur prof einstein surdoue surdouee pro as ") \
	X(L_COMMAND, " faites coupez jugez radiez supprimez sanctionnez arretez mettez laissez dites prenez touchez parlez demandez traitez regardez envoyez obligez forcez menacez ") \
	X(L_AVANT, " avant ") \
	/* a trouble that is felt: « ça me fait plus mal » */ \
	X(L_ACHE, " peur mal honte ") \
	X(L_MAKES, " fait font faisait faisaient ") \
	X(L_GRAVE, " grave inquietant alarmant mechant complique compliquee sorcier dramatique insurmontable penible difficile bloquant genant ") \
	X(L_LACKS, " manque manquent ") \
	X(L_DRAGGED, " traine coince bloque plante bugue beugue tarde dure rame ") \
	X(L_LOST_IT, " perdu manque ") \
	X(L_KEEN, " fan fans adepte friand friande branche branchee emballe emballee partant partante attire attiree tente tentee ") \
	X(L_HEAD, " tete chou ") \
	X(L_GETS, " recois touche percois dois devons attends ") \
	X(L_CARELESS, " tape fiche fous fou moque balance contrefiche cogne ") \
	X(L_SOMEWHAT, " trop vraiment tellement tres ") \
	X(L_UNTOLD, " explique compris repondu ") \
	X(L_THRIVES, " porte ") \
	X(L_INVOLVES, " interesse accroche ") \
	X(L_LOAN, " dette dettes decouvert credit credits loyer loyers facture factures arrieres impayes pret prets ardoise ") \
	X(L_PAID_BACK, " paye payee payes payees rembourse remboursee rembourses remboursees eponge epongee eponges epongees efface effacee effaces effacees ") \
	X(L_TO_WHOM, " a au aux chez par ") \
	X(L_NICE, " bien super bon bonne beau belle neuf neuve vrai vraie nouveau nouvelle ") \
	X(L_DEVICE, " wifi internet appli application site ordi ordinateur connexion box fibre reseau telephone imprimante tablette scanner voiture auto scooter moto velo ") \
	X(L_OWNED, " mob mobylette trottinette permis voiture auto caisse bagnole scooter moto velo camionnette ordi ordinateur internet wifi fibre box smartphone tablette imprimante diplome bac bts cap bep plein ") \
	/* who else it befalls, and who says so */ \
	X(L_OTHER_PEOPLE, " yen certains certaines autres beaucoup gens plupart plein collegues collegue voisine voisin voisins voisines soeur frere cousin cousine copine copain copains copines anciens mere pere fille fils " \
	                  "amie ami amis amies belle-soeur beau-frere mari femme ailleurs tele dit disent raconte racontent parait entend entends lit croit croient imagine crois ") \
	X(L_MONDE, " monde ") \
	X(L_SUFFERS, " galere* plaign* plaint plaignent bloque bloquent gene genent manque manquent peine peinent souffre souffrent rame rament perdu perdus perdue perdues peur coince coinces stresse stresses pleure pleurent attend attendent " \
	             "trop mal jamais pas plus rien dur complique enfer impossible cauchemar ") \
	X(L_MY, " mien mienne miens miennes ") \
	/* what makes a thing a burden, so that having none of it is not a lack */ \
	X(L_BURDEN, " long longs longue longues vide vides plante* bug* beug* rame rament retard retards perdu perdue perdus perdues egare* impaye* panne pannes double doublon* " \
	         "refuse refusee refusees refuses rejete* lent lente lents lentes difficile difficiles interminable* dette dettes decouvert huissier avalanche montagne montagnes tonne tonnes kilos courir debord* rallonge galere galeres huissier* manque manquent manquait coince coincee coinces ")
#endif
