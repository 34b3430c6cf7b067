namespace Loket.Domain.Parties;

/// <summary>How a professional established identity. Not established: no register facts and no other cases are shown.</summary>
public enum IdentityMethod
{
    Document,
    Digid,
    ControlQuestions,
    NotEstablished,
}
