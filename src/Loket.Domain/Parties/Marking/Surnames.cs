namespace Loket.Domain.Parties.Marking;

/// <summary>Surnames common in the Netherlands, without tussenvoegsel.</summary>
internal static class Surnames
{
    /// <summary>Words that come between given name and surname, lower case.</summary>
    public static readonly WordList Between = new("van de den der het 't ten ter te in op aan bij uit d' la le du von zu el al bin ben dos da do di del onder voor tot over 's");

    /// <summary>Surnames that are nothing else: with a capital they count anywhere in a sentence, after a title without one too.</summary>
    public static readonly WordList All = new(
        """
        Aalbers Aarts Achterberg Adriaansen Akkerman Aksoy Arends Arslan Aydin Baars Bakker Bakkers Bartels Bastiaans Beekman Beerends
        Berends Berg Bergsma Beukers Beumer Biemans Bijl Blaauw Blok Blokland Blom Blommers Bloem Boekhout Boer Boersma Bogaert Bogers Bolt Bonnema
        Boogaard Boon Boonstra Bos Bosch Bosman Bouman Bouwman Braber Brand Brands Bruijn Bruin Brink Broek Broekhuizen Brouwer Brouwers Bruins
        Buijs Burger Buurman Buitenhuis Celik Claassen Coenen Cornelissen Cox Dekker Dekkers Demir Derks Dijk Dijkhuizen Dijkman Dijkstra Doğan Doorn Dreef Driessen
        Duijn Dullemond Eijk Elzinga Engelen Erdogan Evers Everts Feenstra Fransen Franssen Geerts Gerards Gerrits Gerritsen Goossens
        Graaf Graaff Groen Groot Haan Haas Hagen Hamer Harmsen Heijden Heijnen Heijn Heuvel Hendriks Hendrix Hermans Hermsen Heuvelmans Hoekstra Hoek
        Hofman Hofstra Holthuizen Hoogland Horst Huisman Huijbregts Hulst Jacobs Jager Jans Jansen Jansens Janssen Janssens Jong Jonge Jonker Joosten Kaya Keizer
        Kamphuis Kaminski Ketelaar Khan Kiliç Klaassen Klein Kleijn Klerk Knol Koch Koenen Kok Kooij Koning Koopman Koopmans Koster Kouwenhoven Kowalski Kramer
        Kramers Kroon Kroes Kruijf Kuijpers Kuiper Kuipers Kurt Laan Lambers Lammers Lange Leeuw Leeuwen Leenders Linden Lubbers Maas Maassen Maat Martens Meer
        Meijer Meijden Meijers Mertens Meulen Meyer Michels Moerman Mol Molenaar Moulin Mulder Mulders Muller Nagel Nguyen Nijhuis Nijland Nowak
        Öztürk Oosterhof Otten Ouden Özdemir Pauw Peeters Pereira Peters Petersen Pieters Ploeg Pol Polat Postma Post Prinsen Prins Pronk
        Ramdin Reijnders Reijnen Rijn Rietveld Ritsema Roelofs Rooij Roos Rosier Ruiter Rutten Sahin Sanders Santos Schaap Scheepers Schipper Schippers Scholten
        Scholte Schouten Schreuder Schreurs Schuurman Schuurmans Silva Simons Singh Slot Sluis Smeets Smit Smits Smulders Snijder Snijders Spaans
        Steen Steenbergen Steenbeek Stam Sterk Stolk Swart Tas Terpstra Theunissen Thijssen Timmer Timmerman Timmermans Tol Tuinstra Unal Veen
        Veenstra Velde Velden Veldhuis Veldman Veltman Ven Verbeek Verberne Verboom Verbruggen Verdonk Verhaar Verhagen Verheijen Verheul Verhoef
        Verhoeven Verkerk Vermeer Vermeulen Verschoor Verschuren Versteeg Verstraten Verweij Vink Visser Vissers Vliet Voogd Vonk Vos Vries Vroom Vuijk Waal Wagenaar Wal
        Warmerdam Weerd Weijers Wessels Westerveld Wiegers Wiersma Wijnen Wilbrink Wilde Willems Willemse Willemsen Wit Witte Woude
        Wolf Wolff Wolters Wouters Yildirim Yildiz Yilmaz Zandstra Zanden Zon Zijlstra Zuidema Zwart Zwiers
        Amrani Azzouzi Bakkali Benali Bouali Boukhari Bouzid Chaoui Daoudi Idrissi Khatib Mansouri Ouali Tahiri Yousfi Ziani
        """);

    /// <summary>Of these, the ones that start a sentence as ordinary words, or name things and offices.</summary>
    public static readonly WordList AlsoWords = new(
        """
        Berg Bijl Bloem Blok Boer Bolt Boon Bos Bosch Brand Brands Bruin Brink Broek Burger Buurman Doorn Dijk Dreef Groen Groot Haan Haas Hagen Hamer Heuvel
        Hoek Horst Hulst Jager Jong Jonge Jonker Keizer Klein Kleijn Klerk Knol Koch Kok Koning Koopman Koster Kramer Kroon Kurt Laan Lange Leeuw Linden Maas Maat Meer Mol
        Molenaar Nagel Otten Ouden Pauw Ploeg Pol Post Prins Prinsen Roos Ruiter Santos Schaap Schipper Slot Sluis Snijder Spaans Steen Sterk Swart Stam Steenbergen
        Tas Timmer Tol Veen Velde Velden Ven Vink Visser Vissers Vliet Voogd Vonk Vos Vroom Waal Wal Westerveld Wilde Wit Witte Wolf Woude Zon Zwart Bakker Bakkers Brouwer Dekker
        Timmerman Kuiper Mulder Smit Schouten Burger Rijn Meijden Silva Kramers Cox Khan
        """);
}
