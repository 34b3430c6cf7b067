using Loket.Domain.Parties;

namespace Loket.Domain.Tests.Parties;

/// <summary>A question that names nobody goes out as it was typed.</summary>
public class OrdinarySentenceTests
{
    [Theory]
    [InlineData("Mijn man is overleden en ik heb een Anw-uitkering aangevraagd bij de SVB.")]
    [InlineData("Kan de inwoner bijzondere bijstand krijgen van de Gemeente Utrecht?")]
    [InlineData("Klant heeft een schuld van € 1.250,00 bij het CAK en € 340 bij Zilveren Kruis.")]
    [InlineData("Moet de aanvraag voor 3 december binnen zijn?")]
    [InlineData("De beslissing op de Wmo-aanvraag duurt al 8 weken.")]
    [InlineData("Ik zoek iemand van de gemeente Nieuwegein die over schuldhulpverlening gaat.")]
    [InlineData("Zij krijgt AOW en een klein pensioen, samen 1450 euro per maand.")]
    [InlineData("Verhuist in januari van Rotterdam naar Den Haag, wat moet hij regelen?")]
    [InlineData("UWV zegt dat de WW op 1 juli stopt.")]
    [InlineData("Heeft mevrouw recht op huurtoeslag als haar zoon thuis woont?")]
    [InlineData("Meneer wil weten of zijn Wajong doorloopt als hij gaat werken.")]
    [InlineData("Mevrouw heeft geen DigiD en kan haar post niet lezen.")]
    [InlineData("De klant is 67 jaar en woont met haar dochter in Amsterdam.")]
    [InlineData("Vanaf maandag 24 november heeft het gezin geen huis meer.")]
    [InlineData("Elke maand komt er minder binnen dan er uitgaat.")]
    [InlineData("Wil de Belastingdienst uitstel van betaling geven?")]
    [InlineData("Kan dit via het Loket Werk en Inkomen Lekstroom?")]
    [InlineData("De Dienst Toeslagen vordert de kinderopvangtoeslag over 2023 terug.")]
    [InlineData("Er is beslag gelegd door het CJIB vanwege een boete van 400 euro.")]
    [InlineData("Hoe vraag ik een rijbewijs aan bij de RDW?")]
    [InlineData("Hij komt uit Syrië en heeft een Nederlandse verblijfsvergunning van de IND.")]
    [InlineData("Zijn vrouw spreekt alleen Arabisch, graag een tolk.")]
    [InlineData("Volgens artikel 4 van de Participatiewet telt de inwonende zoon mee.")]
    [InlineData("Inwoner van Alphen aan den Rijn vraagt een traplift aan.")]
    [InlineData("Is er een wachtlijst bij het wijkteam in De Bilt of in Capelle aan den IJssel?")]
    [InlineData("De heer en mevrouw willen trouwen op 14 februari.")]
    [InlineData("Ik ben Nederlander en woon 20 jaar in Duitsland.")]
    [InlineData("Moet zij de erfbelasting binnen 20 maanden betalen?")]
    [InlineData("Zij heeft 2 kinderen van 4 en 7 jaar en is onderweg 3 uur kwijt.")]
    [InlineData("Wie betaalt de eigen bijdrage van € 21,80 per maand voor de Wlz?")]
    [InlineData("De regeling heet Individuele Inkomenstoeslag, klopt dat?")]
    [InlineData("In 2026 WW aangevraagd, in 2027 bijstand.")]
    [InlineData("Bel 14 030 of 0800 0543 als het niet lukt.")]
    [InlineData("Graag voor vrijdag antwoord: de huur van 1 december moet betaald zijn.")]
    [InlineData("Mijn partner werkt bij de Rabobank en ik bij het Rode Kruis.")]
    [InlineData("Kan mijn zoon Wajong krijgen naast Bijstand?")]
    [InlineData("Zij wil van Utrecht naar Amersfoort verhuizen met haar moeder.")]
    [InlineData("Het Juridisch Loket verwees door naar de Raad voor Rechtsbijstand.")]
    [InlineData("Na de scheiding staat haar ex nog op het contract; wat nu?")]
    [InlineData("Door ziekte kan de klant geen formulier invullen. Wat mag ik doen?")]
    [InlineData("De ondernemer betaalt € 1.000.000 btw en vraagt uitstel.")]
    [InlineData("Het bedrag is 1250000 euro in totaal.")]
    [InlineData("Does the municipality of Utrecht pay for home care under the Wmo?")]
    [InlineData("My husband died in March, can I get Anw from the SVB?")]
    [InlineData("Sinds 1 januari 2026 krijgt zij geen zorgtoeslag meer.")]
    [InlineData("Klopt het dat de AOW-leeftijd 67 jaar en 3 maanden is?")]
    [InlineData("Ben ik verplicht om Box 3 op te geven?")]
    [InlineData("De vader van het kind woont in Turkije; de moeder is hier.")]
    [InlineData("Mag een student van 18 met DUO-lening ook Zorgtoeslag aanvragen?")]
    [InlineData("Geldt Jeugdwet 7.3.11 of artikel 2.21 van het Burgerlijk Wetboek?")]
    [InlineData("De tekst is van 2017-05 / 2026-07-01, zie adres in Wet BRP 2.21.")]
    [InlineData("Is dit een taak van het Hof van Twente of van de provincie Overijssel?")]
    [InlineData("Op Goede Vrijdag was het loket dicht.")]
    public void An_ordinary_sentence_stays_as_it_is(string text)
    {
        var check = LineQuestion.Inspect(text);

        Assert.Equal(text, LineQuestion.Mask(text, check.Marks));
        Assert.False(check.BlocksRinging);
    }
}
