namespace Loket.Web;

/// <summary>
/// The name under which every text on screen is read: <c>IStringLocalizer&lt;Texts&gt;</c>, files in <c>Texts/</c>
/// (needs <c>AddLocalization(o =&gt; o.ResourcesPath = "Texts")</c>). Dutch is the neutral language.
/// </summary>
public sealed class Texts;
