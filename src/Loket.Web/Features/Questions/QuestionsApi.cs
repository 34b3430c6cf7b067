using Loket.Web.Api;
using Loket.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Loket.Web.Features.Questions;

/// <summary>Questions of an information point over the interface: ask one, and see what came of those it asked.</summary>
[Authorize(Policy = Policies.InformationPoint)]
[OpenToInformationPoint]
[Route("api/v1/questions")]
public sealed class QuestionsApi(QuestionsQuery questions, AskForCitizen ask) : ApiController
{
    /// <summary>Newest first; <paramref name="before"/> is the <c>older</c> of the page before.</summary>
    [HttpGet]
    public Task<QuestionsView> List(long? before) => questions.LoadAsync(Me, before);

    [HttpPost]
    public async Task<ActionResult<QuestionAsked>> Ask(QuestionForm form) => Answer(await ask.RunAsync(Me, form, Key));
}
