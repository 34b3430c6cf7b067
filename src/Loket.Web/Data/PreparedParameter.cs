using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Loket.Web.Data;

/// <summary>A name and its value; how it is bound follows from the value.</summary>
internal sealed class PreparedParameter : DbParameter
{
    [AllowNull]
    public override string ParameterName { get; set; } = "";

    public override object? Value { get; set; }

    public override DbType DbType { get; set; }

    public override ParameterDirection Direction { get; set; } = ParameterDirection.Input;

    public override bool IsNullable { get; set; }

    public override int Size { get; set; }

    [AllowNull]
    public override string SourceColumn { get; set; } = "";

    public override bool SourceColumnNullMapping { get; set; }

    public override void ResetDbType() => DbType = default;
}
