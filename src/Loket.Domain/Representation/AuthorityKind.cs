namespace Loket.Domain.Representation;

/// <summary>By what somebody acts for another.</summary>
public enum AuthorityKind
{
    /// <summary>A power of attorney, as wide as it says (BW 3:60; before administrative bodies Awb 2:1).</summary>
    Mandate,

    /// <summary>Bewind (BW 1:431 e.v.): the administrator represents in what is under administration: money and property (1:441).</summary>
    PropertyAdministration,

    /// <summary>Mentorschap (BW 1:450 e.v.): the mentor represents in care, nursing, treatment and guidance (1:453), never in money.</summary>
    Mentorship,

    /// <summary>Curatele (BW 1:378 e.v.): the guardian represents in everything (1:381, 1:386).</summary>
    Guardianship,

    /// <summary>Ouderlijk gezag (BW 1:245 e.v.): the parents represent a minor (1:247, 1:253i), until the day of the 18th birthday (1:233).</summary>
    ParentalAuthority,

    /// <summary>Who may sign for a business, as the trade register says (BW 2:130 and 2:240; Handelsregisterwet 2007 art. 25).</summary>
    AuthorisedSignatory,

    /// <summary>Somebody who assists (Awb 2:1 lid 1): asks and is told, and decides nothing about what is shared *(ours)*.</summary>
    Intermediary,
}

/// <summary>What is done in the name of a citizen or business, and is checked each time.</summary>
public enum ActOnBehalf
{
    OpenCase,

    /// <summary>A question goes to a line.</summary>
    Ask,

    /// <summary>A fact or document goes to a line that works on the case.</summary>
    Share,

    /// <summary>An agreed call: making it, moving it, and the call itself.</summary>
    Callback,

    /// <summary>A letter to who represents.</summary>
    Letter,

    /// <summary>A one-purpose link to who represents, its opening and its answer.</summary>
    Link,

    /// <summary>Seeing what is kept of the citizen, and taking it along (AVG art. 15).</summary>
    Inspect,
}

/// <summary>What was seen of the authority.</summary>
public enum AuthorityEvidence
{
    /// <summary>A decision of the court that appoints.</summary>
    CourtOrder,

    /// <summary>The central register of guardianship and administration (BW 1:391, 1:436).</summary>
    GuardianshipRegister,

    /// <summary>The register of custody (BW 1:244).</summary>
    CustodyRegister,

    /// <summary>The register of persons: the parents.</summary>
    PersonsRegister,

    TradeRegister,

    SignedMandate,

    DigidMandate,

    /// <summary>The citizen is there and says so.</summary>
    SaidInPerson,
}
