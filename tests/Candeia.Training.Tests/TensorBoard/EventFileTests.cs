using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Candeia.Tests;

namespace Candeia.Training.Tests;

/// <summary>Real files of TensorFlow and others, and the vectors of TensorBoard's own reader.</summary>
public class EventFileTests
{
    static JsonElement Expected(string file) => JsonDocument.Parse(File.ReadAllText(SharedFolder.Require("suites/tensorboard/expected.json"))).RootElement.GetProperty(file);

    static byte[] Bytes(string file) => File.ReadAllBytes(SharedFolder.Require($"suites/tensorboard/{file}"));

    public static TheoryData<string> Files => [
        "tensorboard_log_tayo_test_events.out.tfevents.1515280094.tayo-glaptop",
        "tensorboard_log_tayo_train_events.out.tfevents.1515280092.tayo-glaptop",
        "tensorboard_tensorboard_functionaltests_testdata_eval_events.out.tfevents.1476472058.localhost",
        "tensorboard_tensorboard_functionaltests_testdata_events.out.tfevents.1476472047.localhost",
        "wandb_tests_fixtures_events.out.tfevents.1585769947.cvp",
        "golden/tb_data_crc_mismatch.tfevents",
        "golden/tb_length_crc_mismatch.tfevents",
        "golden/tb_success_2records.tfevents",
        "golden/tb_truncated_header.tfevents",
        "golden/tb_truncated_mid_record2.tfevents",
    ];

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Real_files_give_what_others_read_in_them(string name)
    {
        var expected = Expected(name);
        var file = EventFile.Read(Bytes(name));
        string status = file.Damage switch
        {
            EventFileDamage.None => "ok", EventFileDamage.TrailingBytes => "trailing bytes", EventFileDamage.Truncated => "truncated",
            EventFileDamage.LengthChecksum => "bad length crc", EventFileDamage.DataChecksum => "bad data crc", _ => "bad message",
        };
        Assert.Equal(expected.GetProperty("status").GetString(), status);
        Assert.Equal(expected.GetProperty("records").GetInt32(), file.Events.Length);
        Assert.Equal(expected.GetProperty("parsed_bytes").GetInt64(), file.WholeBytes);
        Assert.Equal(expected.GetProperty("kinds").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt32()), Kinds(file));
        Assert.Equal(expected.GetProperty("scalars_sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Python(file.Scalars)))));
    }

    static Dictionary<string, int> Kinds(EventFile file) => file.Events.SelectMany(e => e.Values.Select(v => v switch
    {
        ScalarSummary { IsSimple: true } => "simple_value",
        ScalarSummary => "tensor",
        HistogramSummary => "histo",
        ImageSummary => "image",
        _ => "other",
    }).Concat(e.FileVersion is not null ? ["file_version"] : e.OtherField is { } field ? [field == 4 ? "graph_def" : $"field{field}"] : [])).GroupBy(k => k).ToDictionary(g => g.Key, g => g.Count());

    /// <summary>[[0, "loss", 1e-05], …] as Python writes it.</summary>
    static string Python(IEnumerable<(long Step, string Tag, float Value)> scalars) =>
        $"[{string.Join(", ", scalars.Select(s => $"[{s.Step}, {JsonSerializer.Serialize(s.Tag)}, {Python(s.Value)}]"))}]";

    static string Python(double x)
    {
        string text = x.ToString("R", CultureInfo.InvariantCulture);
        if (x != 0 && Math.Abs(x) < 1e-4) return text.Contains('E', StringComparison.Ordinal) ? text.Replace('E', 'e') : x.ToString("0.################E-00", CultureInfo.InvariantCulture).Replace('E', 'e');
        return double.IsInteger(x) ? text + ".0" : text;
    }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void What_was_read_is_written_to_the_same_bytes(string name)
    {
        byte[] bytes = Bytes(name);
        var file = EventFile.Read(bytes);
        int at = 0, written = 0;
        foreach (var e in file.Events)
        {
            int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at)) + 16;
            if (e.OtherField is null)
            {
                using var stream = new MemoryStream();
                EventFileWriter.Write(stream, e.ToMessage().Written);
                Assert.Equal(bytes[at..(at + length)], stream.ToArray());
                written++;
            }
            at += length;
        }
        Assert.Equal(file.WholeBytes, at);
        Assert.Equal(file.Events.Length > 0, written > 0);
    }

    [Fact]
    public void Checksums_are_those_of_the_format()
    {
        Assert.Equal(0x5794d08au, MaskedCrc.Of(Convert.FromHexString("1a1143524320746573742c206f6e652074776f")));
        Assert.Equal(0xe3069283u, Unmask(MaskedCrc.Of("123456789"u8)));                  // the check value of CRC-32C

        static uint Unmask(uint masked) => uint.RotateLeft(masked - 0xA282EAD8, 15);
    }

    [SkippableTheory]
    [InlineData("golden/tb_success_2records.tfevents")]
    [InlineData("tensorboard_log_tayo_test_events.out.tfevents.1515280094.tayo-glaptop")]
    public void No_file_throws_whatever_its_bytes(string name)
    {
        byte[] valid = Bytes(name);
        valid = valid[..Math.Min(valid.Length, 4000)];
        Fuzz.Run([valid], [], bytes => Assert.InRange(EventFile.Read(bytes).WholeBytes, 0, bytes.Length));
        Fuzz.Run([valid], [], bytes =>
        {
            using var stream = new MemoryStream();
            EventFileWriter.Write(stream, bytes.AsSpan(Math.Min(12, bytes.Length)));     // damage behind right checksums
            var file = EventFile.Read(stream.ToArray());
            Assert.True(file.Damage is EventFileDamage.None or EventFileDamage.Message);
        });
    }

    [Fact]
    public void A_length_that_nothing_can_have_takes_no_memory()
    {
        byte[] header = new byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(header, ulong.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), MaskedCrc.Of(header.AsSpan(0, 8)));
        Assert.Equal(EventFileDamage.Truncated, EventFile.Read(header).Damage);
    }
}
