using Loket.Domain;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Questions;

/// <summary>The one screen of an information point.</summary>
[Authorize(Policy = Policies.InformationPoint)]
[OpenToInformationPoint]
public sealed class QuestionsController(QuestionsQuery questions, AskForCitizen ask) : PageController
{

    [HttpGet("/questions")]
    public async Task<IActionResult> Show(long? before, bool sent) => View("Questions", await questions.LoadAsync(Me, before, sent, FormState.Empty));

    [HttpPost("/questions")]
    public async Task<IActionResult> Ask(QuestionForm form)
    {
        var errors = AskForCitizen.Check(form).ToList();
        var asked = errors.Count > 0 ? errors[0].Refusal : await ask.RunAsync(Me, form, Key);
        if (asked.Refusal is { } no)
        {
            return Refused(no, "Questions", await questions.LoadAsync(Me, form: Typed("question", errors.Count > 0 ? errors : [new FieldError(FieldOf(no), no)])));
        }

        return SeeOther("/questions?sent=true");
    }

    private static string FieldOf(Refusal refusal) => refusal.Code is "topic-unknown" ? "topic" : "";
}
