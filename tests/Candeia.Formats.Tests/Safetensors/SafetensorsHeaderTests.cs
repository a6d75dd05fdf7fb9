using System.Collections.Immutable;
using System.Text;

namespace Candeia.Tests;

public class SafetensorsHeaderTests
{
    [Theory]
    [InlineData("", "JSON")]
    [InlineData("[]", "StartArray")]
    [InlineData("{}x", "JSON")]
    [InlineData("{} {}", "JSON")]
    [InlineData("{},", "JSON")]
    [InlineData("{}\0", "JSON")]
    [InlineData("""{"a":1}""", "'a'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", "twice")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"\u0061":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", "twice")]
    [InlineData("""{"a":{"dtype":"U8","dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", "two dtype")]
    [InlineData("""{"a":{"shape":[0],"data_offsets":[0,0]}}""", "lacks")]
    [InlineData("""{"a":{"dtype":"u8","shape":[0],"data_offsets":[0,0]}}""", "unknown dtype 'u8'")]
    [InlineData("""{"a":{"dtype":4,"shape":[0],"data_offsets":[0,0]}}""", "dtype is Number")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,0]}}""", "negative")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1.0],"data_offsets":[0,0]}}""", "fractional")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9223372036854775808],"data_offsets":[0,0]}}""", "2^63")]
    [InlineData("""{"a":{"dtype":"U8","shape":0,"data_offsets":[0,0]}}""", "StartArray")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0]}}""", "instead of 2")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0,0]}}""", "instead of 2")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[1,0]}}""", "[1, 0]")]
    [InlineData("""{"a":{"dtype":"F4","shape":[1],"data_offsets":[0,0]}}""", "whole number")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", "overflows")]
    [InlineData("""{"__metadata__":{"a":1}}""", "'a'")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", "twice")]
    [InlineData("""{"__metadata__":null}""", "Null")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "twice")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", "Unicode")]
    public void Refuses_a_broken_header_and_says_where(string json, string says) =>
        Assert.Contains(says, Assert.Throws<SafetensorsException>(() => SafetensorsBytes.Open(SafetensorsBytes.Of(json))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 4, 5, 9, 9)]      // a hole
    [InlineData(0, 4, 3, 7, 7)]      // an overlap
    [InlineData(1, 5, 5, 9, 9)]      // a hole in front
    [InlineData(0, 4, 4, 8, 9)]      // bytes that belong to nobody
    [InlineData(0, 4, 4, 8, 7)]      // a byte is missing
    [InlineData(0, 5, 5, 9, 9)]      // more bytes than the shape needs
    public void Refuses_holes_and_overlaps(int start0, int end0, int start1, int end1, int length) =>
        Assert.Throws<SafetensorsException>(() => SafetensorsBytes.Open(SafetensorsBytes.Of(
            $$$"""{"a":{"dtype":"F32","shape":[],"data_offsets":[{{{start0}}},{{{end0}}}]},"b":{"dtype":"F32","shape":[],"data_offsets":[{{{start1}}},{{{end1}}}]}}""", length)));

    [Fact]
    public void Refuses_deep_nesting_without_recursion() => Assert.Throws<SafetensorsException>(() => SafetensorsBytes.Open(
        SafetensorsBytes.Of($$$"""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"more":{{{new string('[', 100_000)}}}{{{new string(']', 100_000)}}}}}""")));

    [Fact]
    public void Refuses_a_length_that_it_would_have_to_allocate()
    {
        byte[] file = new byte[64];
        BitConverter.TryWriteBytes(file, 100_000_000L);
        Assert.Contains("cut off", Assert.Throws<SafetensorsException>(() => SafetensorsBytes.Open(file)).Message, StringComparison.Ordinal);
        BitConverter.TryWriteBytes(file, 100_000_001L);
        Assert.Contains("allowed", Assert.Throws<SafetensorsException>(() => SafetensorsBytes.Open(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Skips_fields_it_does_not_know_as_the_reference_does()
    {
        using var open = SafetensorsBytes.Open(SafetensorsBytes.Of("""{"a":{"dtype":"U8","new":{"x":[1]},"shape":[0],"data_offsets":[0,0]}}"""));
        Assert.Equal("a", Assert.Single(open.Entries).Name);
    }

    [Fact]
    public void Lists_tensors_in_the_order_of_their_bytes()
    {
        using var open = SafetensorsBytes.Open(SafetensorsBytes.Of(
            """{"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"e":{"dtype":"U8","shape":[0,5],"data_offsets":[1,1]}}""", 3));
        Assert.Equal(["a", "e", "b"], open.Entries.Select(e => e.Name));
    }

    [Fact]
    public void Arranges_by_alignment_then_by_name()
    {
        ImmutableArray<long> shape = [8];
        var header = SafetensorsHeader.Arrange(
        [
            ("c", SafetensorsType.U8, shape), ("b", SafetensorsType.F32, shape), ("B", SafetensorsType.F32, shape), ("z", SafetensorsType.I64, shape),
            ("y", SafetensorsType.Bool, shape), ("\U0001F600", SafetensorsType.F32, shape), ("\uFB01", SafetensorsType.F32, shape), ("a", SafetensorsType.F64, shape),
        ], null);
        Assert.Equal(["z", "a", "B", "b", "\uFB01", "\U0001F600", "c", "y"], header.Entries.Select(e => e.Name));
        Assert.Equal([0, 64, 128, 160, 192, 224, 256, 264], header.Entries.Select(e => e.Start));
    }

    [Fact]
    public void Names_and_metadata_survive_with_every_character()
    {
        string awkward = string.Concat(Enumerable.Range(0, 0x250).Select(i => (char)i)) + "\u2028\U0001F600\\u0041";
        var metadata = new OrderedDictionary<string, string> { ["z"] = awkward, [awkward] = "", ["a"] = "1" };
        var header = SafetensorsHeader.Arrange([(awkward, SafetensorsType.U8, [0])], metadata);
        using var open = SafetensorsBytes.Open(header.ToBytes());
        Assert.Equal(metadata, open.Metadata!);
        Assert.Equal(awkward, open.Entries[0].Name);
        Assert.Equal(0, header.ToBytes().Length % 8);
    }

    [Fact]
    public void Escapes_as_the_reference_does()
    {
        string json = Encoding.UTF8.GetString(SafetensorsHeader.Arrange([], new Dictionary<string, string> { ["é/<"] = "\"\\\b\f\n\r\t\u0001\u007f" }).ToBytes().AsSpan(8)).TrimEnd();
        Assert.Equal("{\"__metadata__\":{\"é/<\":\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\u007f\"}}", json);
    }

    [Fact]
    public void Refuses_names_that_a_file_cannot_hold()
    {
        Assert.Contains("Two tensors", Assert.Throws<SafetensorsException>(() => SafetensorsHeader.Arrange([("a", SafetensorsType.U8, []), ("a", SafetensorsType.F32, [])], null)).Message, StringComparison.Ordinal);
        Assert.Contains("__metadata__", Assert.Throws<SafetensorsException>(() => SafetensorsHeader.Arrange([("__metadata__", SafetensorsType.U8, [])], null)).Message, StringComparison.Ordinal);
        Assert.Contains("surrogate", Assert.Throws<SafetensorsException>(() => SafetensorsHeader.Arrange([("\ud800", SafetensorsType.U8, [])], null).ToBytes()).Message, StringComparison.Ordinal);
    }
}
