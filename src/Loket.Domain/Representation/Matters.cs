namespace Loket.Domain.Representation;

/// <summary>What part of somebody's life a topic is about; some are about two.</summary>
[Flags]
public enum Matter
{
    Personal = 1,
    Money = 2,
    Care = 4,
}

/// <summary>
/// The matter of each topic: what decides whether an administrator (money and property, BW 1:441) or a mentor (care, BW 1:453)
/// may act. Which topic is which is a choice of ours; an unknown topic is personal, which neither covers.
/// </summary>
public static class Matters
{
    private static readonly Dictionary<string, Matter> ByTopic = new(StringComparer.Ordinal)
    {
        ["work_income"] = Matter.Money, ["debts"] = Matter.Money, ["local_taxes"] = Matter.Money, ["unemployment"] = Matter.Money,
        ["pension_survivors"] = Matter.Money, ["child_benefit"] = Matter.Money, ["taxes"] = Matter.Money, ["benefits"] = Matter.Money,
        ["education"] = Matter.Money, ["fines"] = Matter.Money, ["alimony"] = Matter.Money, ["land_registry"] = Matter.Money, ["vehicles"] = Matter.Money,
        ["business_subsidies"] = Matter.Money, ["business_register"] = Matter.Money,
        ["illness_disability"] = Matter.Money | Matter.Care, ["health_insurance"] = Matter.Money | Matter.Care,
        ["care_wmo"] = Matter.Care, ["long_term_care"] = Matter.Care, ["youth"] = Matter.Care,
        ["general"] = Matter.Personal, ["civil_affairs"] = Matter.Personal, ["permits"] = Matter.Personal, ["migration"] = Matter.Personal, ["driving"] = Matter.Personal,
        ["legal_aid"] = Matter.Personal, ["identity_records"] = Matter.Personal,
    };

    public static Matter Of(string topic) => ByTopic.GetValueOrDefault(topic, Matter.Personal);

    /// <summary>Whether somebody decided about this topic.</summary>
    public static bool Knows(string topic) => ByTopic.ContainsKey(topic);
}
