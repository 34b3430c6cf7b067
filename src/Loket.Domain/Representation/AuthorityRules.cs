namespace Loket.Domain.Representation;

/// <summary>What each kind of authority is good for, and what proves it.</summary>
public static class AuthorityRules
{
    /// <summary>Bewind covers money and property only (BW 1:441), mentorship care only (BW 1:453); the others cover everything.</summary>
    public static bool Covers(AuthorityKind kind, Matter matter) => kind switch
    {
        AuthorityKind.PropertyAdministration => matter.HasFlag(Matter.Money),
        AuthorityKind.Mentorship => matter.HasFlag(Matter.Care),
        _ => true,
    };

    /// <summary>Who only assists asks and is told; sharing and seeing everything is for the citizen or who represents them *(ours)*.</summary>
    public static bool Allows(AuthorityKind kind, ActOnBehalf act) =>
        kind != AuthorityKind.Intermediary || act is not (ActOnBehalf.Share or ActOnBehalf.Inspect or ActOnBehalf.Link);

    /// <summary>
    /// Whether this kind can be seen from that: an appointment by the court from its order or the register, custody from its
    /// register or that of persons, a mandate from what was signed (Awb 2:1 lid 2 lets a body ask for it in writing).
    /// </summary>
    public static bool Proves(AuthorityEvidence evidence, AuthorityKind kind) => kind switch
    {
        AuthorityKind.PropertyAdministration or AuthorityKind.Mentorship or AuthorityKind.Guardianship =>
            evidence is AuthorityEvidence.CourtOrder or AuthorityEvidence.GuardianshipRegister,
        AuthorityKind.ParentalAuthority => evidence is AuthorityEvidence.CourtOrder or AuthorityEvidence.CustodyRegister or AuthorityEvidence.PersonsRegister,
        AuthorityKind.AuthorisedSignatory => evidence is AuthorityEvidence.TradeRegister,
        AuthorityKind.Mandate => evidence is AuthorityEvidence.SignedMandate or AuthorityEvidence.DigidMandate or AuthorityEvidence.SaidInPerson,
        _ => evidence is AuthorityEvidence.SignedMandate or AuthorityEvidence.SaidInPerson,
    };
}
