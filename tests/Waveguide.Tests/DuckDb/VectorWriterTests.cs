using System.Text;
using Waveguide.DuckDb;

namespace Waveguide.Tests.DuckDb;

public sealed class VectorWriterTests : InMemory
{
    public VectorWriterTests()
        : base(new DuckDbOptions { Threads = 4, PreserveInsertionOrder = false }) { }

    [Fact]
    public void A_row_or_setter_that_does_not_fit_is_refused()
    {
        Connection.Register(
            new TestFunction
            {
                Columns = [("b", DuckDbType.Boolean)],
                OnRead = (_, chunk) =>
                {
                    chunk[0].SetInt64(0, 1);
                    return 1;
                },
            }
        );
        var error = Assert.Throws<InvalidOperationException>(() => Connection.Execute("from rows_of()"));
        Assert.Contains("8 bytes", error.Message);
    }

    [Fact]
    public void Every_setter_writes_what_a_query_reads()
    {
        Guid guid = Guid.Parse("f47ac10b-58cc-4372-8567-0e02b2c3d479");
        byte[] large = Encoding.UTF8.GetBytes(new string('ü', 100_000));
        Connection.Register(
            new TestFunction
            {
                Columns =
                [
                    ("b", DuckDbType.Boolean),
                    ("i", DuckDbType.Integer),
                    ("l", DuckDbType.BigInt),
                    ("u", DuckDbType.UBigInt),
                    ("d", DuckDbType.Double),
                    ("t", DuckDbType.Timestamp),
                    ("z", DuckDbType.TimestampTz),
                    ("day", DuckDbType.Date),
                    ("g", DuckDbType.Uuid),
                    ("s", DuckDbType.Varchar),
                    ("long", DuckDbType.Varchar),
                    ("x", DuckDbType.Blob),
                    ("copy", DuckDbType.Varchar),
                    ("j", DuckDbType.Json),
                ],
                OnRead = Once(chunk =>
                {
                    chunk.InvalidateAll();
                    chunk[0].SetBoolean(1, true);
                    chunk[1].SetInt32(1, int.MinValue);
                    chunk[2].SetInt64(1, long.MaxValue);
                    chunk[3].SetUInt64(1, ulong.MaxValue);
                    chunk[4].SetDouble(1, -1.5);
                    chunk[5].SetTimestampMicros(1, 1);
                    chunk[6].SetTimestampMicros(1, -1);
                    chunk[7].SetDateDays(1, 1);
                    chunk[8].SetGuid(1, guid);
                    chunk[9].SetUtf8(1, "twelve bytes"u8);
                    chunk[10].SetUtf8(1, large);
                    chunk[11].SetBlob(1, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255]);
                    chunk[12].SetUtf8(0, "longer than twelve bytes"u8);
                    chunk[12].CopyFrom(1, 0);
                    chunk[12].SetNull(0);
                    chunk[13].SetUtf8(1, ""u8);
                    return 2;
                }),
            }
        );
        using DuckDbResult result = Connection.Query("from rows_of()");
        DuckDbRow[] rows = [.. result.Rows()];
        Assert.All(rows[0].Values, Assert.Null);
        object?[] expected =
        [
            true,
            int.MinValue,
            long.MaxValue,
            ulong.MaxValue,
            -1.5,
            DateTime.UnixEpoch.AddMicroseconds(1),
            DateTime.UnixEpoch.AddMicroseconds(-1),
            new DateOnly(1970, 1, 2),
            guid,
            "twelve bytes",
            new string('ü', 100_000),
            new byte[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255 },
            "longer than twelve bytes",
            "",
        ];
        Assert.Equal(expected, rows[1].Values);
        Assert.Equal(DuckDbType.Json, result.Columns[13].Type);
    }

    internal static Func<int, TableScanChunk, int> Once(Func<TableScanChunk, int> read)
    {
        bool done = false;
        return (_, chunk) =>
        {
            if (done)
            {
                done = false;
                return 0;
            }
            done = true;
            return read(chunk);
        };
    }
}
