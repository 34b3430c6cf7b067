using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Search;

/// <summary>Where an answer leads, and its words.</summary>
public static class SearchAddress
{
    public static string Of(SearchHit hit) => hit.Kind switch
    {
        "scheme" => $"/schemes/{hit.Code}",
        "life_event" => $"/schemes?event={hit.Code}",
        "product" => $"/products/{hit.Code}",
        "topic" => $"/routes?topic={hit.Code}",
        _ => $"/organisations/{hit.BodyCode}",
    };

    /// <summary>"Ook bekend als huursubsidie": why this was found.</summary>
    public static string Why(this Say say, SearchHit hit) => say.Text($"search.why.{hit.Why.Code}", hit.Why.Word);
}
