namespace Loket.Web.Features.Documents;

/// <summary>The file of a fact that is a document, as a page shows it. View <c>Documents/_Link.cshtml</c>.</summary>
/// <param name="Id">Of the document.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Type">Code of its kind of file, such as <c>pdf</c>.</param>
/// <param name="Size">In bytes.</param>
/// <param name="State"><c>kept</c>, <c>waiting</c> (not yet to be opened), <c>clean</c> or <c>refused</c> (its content is gone).</param>
public sealed record DocumentLink(long Id, string Name, string Type, long Size, string State)
{
    public bool MayOpen => State is "kept" or "clean";
}
