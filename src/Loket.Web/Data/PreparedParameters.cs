using System.Collections;
using System.Data.Common;

namespace Loket.Web.Data;

/// <summary>The parameters of a command, in the order in which they were added.</summary>
internal sealed class PreparedParameters : DbParameterCollection
{
    private readonly List<DbParameter> all = [];

    public override int Count => all.Count;

    public override object SyncRoot => all;

    public override int Add(object value)
    {
        all.Add((DbParameter)value);
        return all.Count - 1;
    }

    public override void AddRange(Array values) => all.AddRange(values.Cast<DbParameter>());

    public override void Insert(int index, object value) => all.Insert(index, (DbParameter)value);

    public override void Remove(object value) => all.Remove((DbParameter)value);

    public override void RemoveAt(int index) => all.RemoveAt(index);

    public override void RemoveAt(string parameterName) => all.RemoveAt(Place(parameterName));

    public override void Clear() => all.Clear();

    public override bool Contains(object value) => IndexOf(value) >= 0;

    public override bool Contains(string value) => IndexOf(value) >= 0;

    public override int IndexOf(object value) => value is DbParameter parameter ? all.IndexOf(parameter) : -1;

    public override int IndexOf(string parameterName) => all.FindIndex(p => p.ParameterName == parameterName);

    public override void CopyTo(Array array, int index) => ((ICollection)all).CopyTo(array, index);

    public override IEnumerator GetEnumerator() => all.GetEnumerator();

    /// <summary>The one at a place, without asking for its name.</summary>
    internal DbParameter At(int index) => all[index];

    protected override DbParameter GetParameter(int index) => all[index];

    protected override DbParameter GetParameter(string parameterName) => all[Place(parameterName)];

    protected override void SetParameter(int index, DbParameter value) => all[index] = value;

    protected override void SetParameter(string parameterName, DbParameter value) => all[Place(parameterName)] = value;

    private int Place(string name) => IndexOf(name) is var at and >= 0 ? at : throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such parameter.");
}
