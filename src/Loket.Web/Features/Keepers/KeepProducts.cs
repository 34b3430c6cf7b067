using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Keepers;

/// <summary>Products of the own body, and who answers for them from now on; null: nobody.</summary>
public sealed record KeeperForm(IReadOnlyList<string>? Products, long? ProfessionalId);

public sealed record KeeperNamed(int Products);

public sealed record ProductConfirmed(string Product);

/// <summary>Names who of the body answers for what is said of a product; that person confirms it, by name and date.</summary>
public sealed class KeepProducts(Db db)
{
    public Task<Outcome<KeeperNamed>> NameAsync(Actor actor, KeeperForm form, string? key) =>
        db.WriteAsync<KeeperNamed>(Command.Of(actor.Id, "product-keeper", key, form), unit =>
        {
            actor.RequireHere(unit);
            var products = (form.Products ?? []).Distinct(StringComparer.Ordinal).ToList();
            if (products.Count == 0)
            {
                return new Refusal("keeper-no-products");
            }

            if (form.ProfessionalId is { } id && !(Actor.Hold(unit, id) && Actor.Load(unit, id) is { InformationPoint: false } person && person.OrganisationCode == actor.OrganisationCode))
            {
                return new Refusal("keeper-unfit");
            }

            foreach (var product in products)
            {
                if (Find(unit, actor, product) is null)
                {
                    return new Refusal("product-not-yours", product);
                }

                unit.Execute("DELETE FROM product_keeper WHERE organisation_code = @OrganisationCode AND product_code = @product", new { actor.OrganisationCode, product });
                if (form.ProfessionalId is { } keeper)
                {
                    unit.Execute(
                        "INSERT INTO product_keeper (organisation_code, product_code, professional_id, named_by, named_at) VALUES (@OrganisationCode, @product, @keeper, @by, @Now)",
                        new { actor.OrganisationCode, product, keeper, by = actor.Id, unit.Now });
                }
            }

            return new KeeperNamed(products.Count);
        });

    /// <summary>This person, who answers for it, has read what is said of the product. What changes afterwards is unconfirmed again.</summary>
    public Task<Outcome<ProductConfirmed>> ConfirmAsync(Actor actor, string? product, string? digest, string? key) =>
        db.WriteAsync<ProductConfirmed>(Command.Of(actor.Id, "product-confirm", key, new { product, digest }), unit =>
        {
            actor.RequireHere(unit);
            if (product is null || Find(unit, actor, product) is not { } kept || kept.KeeperId != actor.Id)
            {
                return new Refusal("product-unknown");
            }

            if (digest != kept.Digest)
            {
                return new Refusal("stale");
            }

            unit.Execute(
                """
                INSERT INTO product_confirmation (organisation_code, product_code, digest, confirmed_by, confirmed_at)
                SELECT @OrganisationCode, p.code, @digest, @by, @Now FROM product p WHERE p.code = @product AND NOT EXISTS (
                    SELECT 1 FROM product_confirmation c WHERE c.organisation_code = @OrganisationCode AND c.product_code = @product AND c.digest = @digest)
                """,
                new { actor.OrganisationCode, product, digest, by = actor.Id, unit.Now });
            return new ProductConfirmed(product);
        });

    private static KeptProduct? Find(Unit unit, Actor actor, string code) =>
        unit.Find<KeptProduct>($"{KeptProduct.Select} WHERE p.code = @code AND {KeptProduct.Carried}", new { code, actor.OrganisationCode, actor.OrganisationKind });
}
