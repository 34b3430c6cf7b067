using System.Data;
using Dapper;

namespace Loket.Web.Data;

/// <summary>Teaches Dapper how Loket stores time: UTC, to the millisecond, as datetime2 (text on SQLite).</summary>
public static class DapperSetup
{
    private static readonly Lock Gate = new();
    private static bool done;

    public static void Apply()
    {
        lock (Gate)
        {
            if (done)
            {
                return;
            }

            DefaultTypeMap.MatchNamesWithUnderscores = true;
            SqlMapper.RemoveTypeMap(typeof(DateTime));
            SqlMapper.RemoveTypeMap(typeof(DateTime?));
            SqlMapper.AddTypeHandler(new UtcHandler());
            done = true;
        }
    }

    private sealed class UtcHandler : SqlMapper.TypeHandler<DateTime>
    {
        public override void SetValue(IDbDataParameter parameter, DateTime value)
        {
            parameter.DbType = DbType.DateTime2;
            parameter.Value = value;
        }

        public override DateTime Parse(object value) => value is DateTime time ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : Moment.Parse((string)value);
    }
}
