using System.Text.RegularExpressions;

namespace Loket.Domain.Parties.Marking;

/// <summary>Words with a capital that name no person: places, bodies, schemes, days, and what opens a sentence.</summary>
internal static partial class OrdinaryWords
{
    /// <summary>Never (part of) a name, whatever stands before.</summary>
    public static readonly WordList Never = new(
        """
        UWV SVB DUO CAK CIZ IND RDW CJIB RVO KVK CBR LBIO RvIG COA OM GGD GGZ VNG NVVB BRP DigiD MijnOverheid Belastingdienst Toeslagen
        Kadaster Rijksoverheid Rijk Overheid Ministerie Gemeente Provincie Waterschap Rechtbank Gerechtshof Politie Justitie Raad Rijkswaterstaat Halt
        Wmo AOW Anw WW WIA WAO Wajong WGA IVA Ziektewet ZW Wlz Zvw Bbz IOAW IOAZ Tozo TOZO Pgb PGB Wsnp WSNP Wgs AKW Awb Woo Wob Avg AVG Bzb
        Participatiewet Jeugdwet Bijstand Bijstandsuitkering Kinderbijslag Kinderopvangtoeslag Kindgebonden Budget Huurtoeslag Zorgtoeslag
        Bijzondere Individuele Inkomenstoeslag Studietoelage Schuldhulp Schuldhulpverlening Schuldsanering Beschermingsbewind Bewind Omgevingsloket Omgevingswet
        Vergunning Paspoort Rijbewijs Identiteitskaart Inschrijving Uittreksel Basisregistratie Personen Burgerzaken Werk Inkomen Zorg Schulden Vergunningen Algemeen
        Sociaal Sociale Wijkteam Buurtteam Jeugdteam Loket Balie Raadhuis Stadhuis Gemeentehuis Stadskantoor Publiekszaken Klantcontactcentrum KCC Werkplein Stadsbank
        Kredietbank Voedselbank Kledingbank Bibliotheek Informatiepunt Digitale IDO Humanitas Vluchtelingenwerk Slachtofferhulp MEE Juridisch Advies Meldpunt
        Veilig Thuis Jeugdzorg Jeugdbescherming Thuiszorg Mantelzorg Ziekenhuis Huisarts School Basisschool ROC MBO HBO VMBO HAVO VWO Universiteit Hogeschool Stichting Vereniging
        Rabobank ING ABN AMRO SNS ASN Triodos Menzis VGZ CZ Achmea Zilveren Kruis ONVZ DSW Vattenfall Eneco Essent Greenchoice Vitens PWN Ziggo KPN
        Nibud NVVK Kifid Ombudsman Jobcoach Gerechtsdeurwaarder Deurwaarder Notaris Advocaat Curator Mentor Bewindvoerder
        Maandag Dinsdag Woensdag Donderdag Vrijdag Zaterdag Zondag Januari Februari Maart Juni Juli Augustus September Oktober November December
        Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March May June July August October
        Kerst Pasen Pinksteren Hemelvaart Koningsdag Bevrijdingsdag Suikerfeest Ramadan Nieuwjaar Sinterklaas Goede
        Nederlander Nederlanders Nederlandse Nederlands Belg Belgisch Belgische Duits Duitse Duitser Pool Poolse Pools Turk Turkse Turks Marokkaan Marokkaanse Marokkaans Syriër Syrische Syrisch
        Oekraïner Oekraïense Oekraïens Engels Engelse Franse Spaans Spaanse Italiaans Italiaanse Surinaamse Surinaams Antilliaanse Arabisch Arabische Bulgaars Bulgaarse Roemeens Roemeense
        Somalisch Somalische Eritrees Eritrese Afghaanse Afghaans Irakese Iraanse Chinese Chinees Indiase Europees Europese Caribisch Dutch English
        BV NV VOF ZZP ZZP'er EU BSN KvK IBAN PDF SMS App WhatsApp Teams Word Excel Windows Corona Covid Box Artikel Wet Regeling Besluit Verordening
        Tweede Kamer Eerste Hoge Koninklijke Marechaussee Rode Nationale Dienst Justitiële Uitvoering Agentschap Inspectie Instituut Bureau Centrum Kantoor Afdeling Team
        Uitvoeringsinstituut Werknemersverzekeringen Verzekeringsbank Centraal Administratie Indicatiestelling Rechtsbijstand Handelsregister Kamervan Koophandel
        Regionale Regio Lekstroom Noord Zuid Oost West Centrum Midden God Allah Islam Leger Heils Pro Deo Nationaal Openbaar Publieke Passend Primair Voortgezet Gemeenschappelijk Gemeenschappelijke Wetboek Strafrecht Burgerlijk Gedrag Omtrent Verklaring Act Fund Benefits Health Insurance Emergency Supplementary WerkSaam Westfriesland
        """);

    /// <summary>Of these, what is a surname after a title: "mevrouw Pool".</summary>
    public static readonly WordList SurnameToo = new("Pool Turk Duits Engels Spaans Raad Rijk Noord Zuid West Oost Mentor Kamer Werk Zondag Vrijdag Kerst Pasen Notaris Goede Bode Belg");

    /// <summary>Places and countries: no name by themselves, but they may be a surname after "meneer".</summary>
    public static readonly WordList Places = new(
        """
        's-Hertogenbosch Aalsmeer Aalten Achtkarspelen Alblasserdam Albrandswaard Alkmaar Almelo Almere Alphen Alphen-Chaam Altena Ameland Amersfoort Amstelveen Amsterdam
        Apeldoorn Arnhem Assen Asten Baarle-Nassau Baarn Barendrecht Barneveld Beek Beekdaelen Beesel Bergeijk Bergen Berkelland Bernheze Best Beuningen Beverwijk Bladel
        Blaricum Bloemendaal Bodegraven-Reeuwijk Boekel Borger-Odoorn Borne Borsele Boxtel Breda Bronckhorst Brummen Brunssum Bunnik Bunschoten Buren Capelle Castricum
        Coevorden Cranendonck Culemborg Dalfsen Dantumadiel Bilt Fryske Marren Ronde Venen Wolden Delft Haag Helder Deurne Deventer Diemen Waard Dinkelland Doesburg
        Doetinchem Dongen Dordrecht Drechterland Drimmelen Dronten Druten Duiven Echt-Susteren Edam-Volendam Ede Eemnes Eemsdelta Eersel Eijsden-Margraten Eindhoven Elburg
        Emmen Enkhuizen Enschede Epe Ermelo Etten-Leur Geertruidenberg Geldrop-Mierlo Gemert-Bakel Gennep Gilze Rijen Goeree-Overflakkee Goes Goirle Gooise Meren Gorinchem Gouda
        Groningen Gulpen-Wittem Haaksbergen Haarlem Haarlemmermeer Halderberge Hardenberg Harderwijk Hardinxveld-Giessendam Harlingen Hattem Heemskerk Heemstede Heerde
        Heerenveen Heerlen Heeze-Leende Heiloo Hellendoorn Helmond Hendrik-Ido-Ambacht Hengelo Hogeland Heumen Heusden Hillegom Hilvarenbeek Hilversum Hoeksche Twente
        Hollands Hoogeveen Hoorn Houten Huizen IJsselstein Kaag Braassem Kampen Kapelle Katwijk Kerkrade Koggenland Krimpen Krimpenerwaard IJssel Rijn Laarbeek
        Cuijk Landgraaf Landsmeer Lansingerland Laren Leeuwarden Leiden Leiderdorp Leidschendam Voorburg Leidschendam-Voorburg Lelystad Leudal Leusden Lingewaard Lisse Lochem Lopik Losser
        Maasdriel Maasgouw Maashorst Maassluis Maastricht Medemblik Meerssen Meierijstad Meppel Middelburg Midden-Delfland Midden-Drenthe Midden-Groningen Moerdijk
        Molenlanden Montferland Montfoort Mook Middelaar Neder-Betuwe Nederweert Nieuwegein Nieuwkoop Nijkerk Nijmegen Nissewaard Noardeast-Fryslân Noord-Beveland Noordenveld
        Noordoostpolder Noordwijk Nuenen Nunspeet Oegstgeest Oirschot Oisterwijk Oldambt Oldebroek Oldenzaal Olst-Wijhe Ommen Gelre Oosterhout Ooststellingwerf Oostzaan Opmeer
        Opsterland Oss IJsselstreek Ouder-Amstel Oudewater Overbetuwe Papendrecht Pekela Pijnacker-Nootdorp Purmerend Putten Raalte Reimerswaal Renkum Renswoude Reusel-De
        Mierden Rheden Rhenen Ridderkerk Rijssen-Holten Rijswijk Roerdalen Roermond Roosendaal Rotterdam Rozendaal Rucphen Schagen Scherpenzeel Schiedam Schiermonnikoog
        Schouwen-Duiveland Simpelveld Sint-Michielsgestel Sittard-Geleen Sliedrecht Smallingerland Soest Someren Stadskanaal Staphorst Stede Broec Steenwijkerland Stein
        Stichtse Vecht Súdwest-Fryslân Terneuzen Terschelling Texel Teylingen Tholen Tiel Tilburg Tubbergen Twenterand Tynaarlo Tytsjerksteradiel Uitgeest Uithoorn Urk Utrecht
        Utrechtse Heuvelrug Vaals Valkenburg Valkenswaard Veendam Veenendaal Veere Veldhoven Velsen Venlo Venray Vijfheerenlanden Vlaardingen Vlieland Vlissingen Voerendaal Voorne
        Voorschoten Voorst Vught Waadhoeke Waalre Waalwijk Waddinxveen Wageningen Wassenaar Waterland Weert Betuwe Westerkwartier Westervoort Westerwolde Westland
        Weststellingwerf Wierden Wijchen Wijdemeren Winterswijk Woensdrecht Woerden Wormerland Woudenberg Zaanstad Zaandam Zaltbommel Zandvoort Zeewolde Zeist Zevenaar Zoetermeer
        Zoeterwoude Zuidplas Zundert Zutphen Zwartewaterland Zwijndrecht Zwolle Bosch Scheveningen Spijkenisse Geleen Sittard Veghel Uden Hoofddorp Delfzijl Sneek Drachten Franeker
        Drenthe Flevoland Friesland Fryslân Gelderland Limburg Noord-Brabant Brabant Noord-Holland Zuid-Holland Holland Overijssel Zeeland Randstad Veluwe Achterhoek
        Bonaire Eustatius Saba Curaçao Aruba Maarten Nederland België Duitsland Frankrijk Spanje Italië Polen Turkije Marokko Suriname Syrië Oekraïne Engeland Griekenland Portugal
        Roemenië Bulgarije Hongarije Somalië Eritrea Irak Iran Afghanistan China India Indonesië Amerika Europa Canada Australië Egypte Ghana Nigeria Netherlands Germany Belgium Apel
        """);

    /// <summary>What opens a Dutch or English sentence.</summary>
    public static readonly WordList Openers = new(
        """
        Aan Aangezien Aanvraag Aanvrager Achter Afgelopen Alle Alleen Als Alvast Anders Behalve Beide Bel Belt Ben Bent Betaalt Bezwaar Bij Binnen Blijft Brief Buiten Burger Citizen Client Cliënt
        Collega Daar Daarna Daarom Dan Dank Dat De Den Der Deze Die Dit Doet Door Dossier Dringend Dus Echtpaar Een Eerst Eigen Elke En Er Gaat Gaan Gezin Geldt Geef Geen Graag Haar Had Hallo Hebben Hebt Heb Heeft
        Helaas Help Helpt Het Hier Hij Hoe Hoelang Hoeft Hoeveel Hulp Ik Il In Informatie Inwoner Is Ja Je Jij Jullie Kan Kind Kinderen Klant Klopt Komt Kosten Krijgt Krijg Kun Kunnen Kunt Laat Let Maar Mag
        Man Men Met Mevrouw Meneer Mijnheer Mevr Mw Dhr Heer Familie Fam Mrs Mr Ms Miss Dr Drs Dokter Weduwe Weduwnaar Mijn Misschien Moet Moeten Mogen Morgen Moeder Na Naar Naast Nadat Nee Net Neemt Niemand Niet Nieuwe Nog Nu Of Om Omdat Onder Ondernemer Ons Onze Ook Op Oud Ouder
        Ouders Over Overleg Partner Per Persoon Pas Precies Samen Sinds Situatie Soms Spoed Staat Stel Straks Te Ten Ter Terug Tijdens Toch Toen Tot Tussen U Uit Uw Vader Van Vanaf Vandaag Vanwege Verder Verzoek Via Volgens Voor
        Vraag Vragen Vraagt Vriend Vriendin Vrouw Waar Waarom Wanneer Was Wat We Weduwe Weer Weet Weinig Welk Welke Wel Werd Werkt Wie Wij Wil Willen Wilt Woont Word Worden Wordt Ze Zelf Zich Zie Zij Zijn Zit Zo
        Zoals Zoekt Zodra Zonder Zoon Zou Zouden Zowel Zul Zullen Zal Dochter Echtgenoot Echtgenote Jongere Student Werknemer Werkgever Huurder Verhuurder Patiënt Statushouder Vluchteling Alvorens Komende Volgende Vorige Vorig Volgend
        A About After An And Are As At Because But By Can Could Did Do Does For From Has Have He Her His How I If It Its May My No Not Our Please She Should Since The Their They This To Was We What When Where Which Who Why Will With Would You Your Hello Dear
        Beste Geachte Goedemorgen Goedemiddag Gisteren Onlangs Inmiddels Tevens Daarnaast Bovendien Echter Wegens Betreft Betreffende Inzake Gaarne Kortom Eventueel Namens Ongeveer Zulke Iedereen Iemand Allebei Niets Iets Ons Veel
        """);

    /// <summary>After these words a name of a body follows, not of a person.</summary>
    public static readonly WordList BodyCues = new(
        """
        gemeente gemeenten stichting vereniging bureau school basisschool college bank ziekenhuis kantoor instelling organisatie bedrijf firma winkel verzekeraar zorgverzekeraar woningcorporatie corporatie
        provincie waterschap regio wijk buurt dorp stad plaats straat wet regeling ministerie dienst partij hotel restaurant supermarkt apotheek kliniek rechtbank bibliotheek azc wijkteam buurtteam
        leverancier aanbieder werkgever uitzendbureau fonds centrum kerk moskee sportclub club
        """);

    /// <summary>A word that names a thing by its ending and is hardly ever a surname: "Zorgkantoor", "Inkomstenbelasting".</summary>
    public static bool IsThing(string folded) => Thing().IsMatch(folded);

    /// <summary>An ending of ordinary Dutch words that surnames have too: "Toelichting", but also "Huizing".</summary>
    public static bool LooksOrdinary(string folded) => IsThing(folded) || Ordinary().IsMatch(folded);

    [GeneratedRegex("(?:.wet|toeslag|bijslag|toelage|.bank|dienst|.raad|fonds|zorg|.school|college|centrum|.team|loket|verzekering|uitkering|.hulp|regeling|bureau|instituut|vereniging|stichting|gemeente|kantoor|belasting|heffing|teruggave|vergunning|subsidie|pensioen|verlof|bijstand|kaart|besluit|register|commissie|ministerie|organisatie|voorziening|verklaring|straat|laan|plein|corporatie|regio|kamer|archief|onderwijs|samenwerking|orgaan|lichaam|bedrijf|huis)$", RegexOptions.CultureInvariant)]
    private static partial Regex Thing();

    [GeneratedRegex("(?:ing|ingen|heid|teit|schap|lijk|isch|ische|punt|akte|bewijs|wonen|tie|ties)$", RegexOptions.CultureInvariant)]
    private static partial Regex Ordinary();
}
