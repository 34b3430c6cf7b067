namespace Loket.Domain.Parties;

/// <summary>Whom a case is about. <see cref="None"/> is somebody without any identifier, served all the same.</summary>
public enum PartyKind
{
    Person,
    Business,
    None,
}
