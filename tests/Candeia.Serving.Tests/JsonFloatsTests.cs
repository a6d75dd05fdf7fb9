using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Candeia.Serving.Tests;

public class JsonFloatsTests
{
    /// <summary>What is read of a text; null where nothing is, or something follows.</summary>
    static float[]? Read(string text)
    {
        float[] values = new float[16];
        int length = JsonFloats.Read(Encoding.ASCII.GetBytes(text), ref values, out int count);
        return length == text.Length && length > 0 ? values[..count] : null;
    }

    /// <summary>The same by the runtime; null where it is no array of numbers that floats can hold.</summary>
    static float[]? ByTokens(string text)
    {
        List<float> values = [];
        try
        {
            var reader = new Utf8JsonReader(Encoding.ASCII.GetBytes(text));
            while (reader.Read())
                if (reader.TokenType is JsonTokenType.Number && reader.TryGetSingle(out float value) && float.IsFinite(value)) values.Add(value);
                else if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.EndArray)) return null;
        }
        catch (JsonException)
        {
            return null;
        }
        return text.StartsWith('[') ? [.. values] : null;
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[0]")]
    [InlineData("[ 1 , -2.5e-3\t,\n3 ]")]
    [InlineData("[[1,2],[],[3,[4]]]")]
    [InlineData("[1,,2]")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("[1 2]")]
    [InlineData("[1[2]]")]
    [InlineData("[[1]2]")]
    [InlineData("[01]")]
    [InlineData("[-01]")]
    [InlineData("[1.]")]
    [InlineData("[1.e5]")]
    [InlineData("[.5]")]
    [InlineData("[+1]")]
    [InlineData("[1e]")]
    [InlineData("[1e+]")]
    [InlineData("[1E+05]")]
    [InlineData("[-0]")]
    [InlineData("[-]")]
    [InlineData("[1e99]")]
    [InlineData("[null]")]
    [InlineData("[\"1\"]")]
    [InlineData("[1")]
    [InlineData("[[1]")]
    [InlineData("1")]
    [InlineData("")]
    public void What_is_an_array_of_numbers_is_so_by_the_rules_of_JSON(string text) => Assert.Equal(ByTokens(text), Read(text));

    [Fact]
    public void Damaged_arrays_are_told_as_the_runtime_tells_them()
    {
        var random = new Generator(11);
        const string Signs = "0123456789.,-+eE[] \"x";
        int good = 0;
        for (int i = 0; i < 100_000; i++)
        {
            var text = new StringBuilder("[");
            for (int k = random.NextInt(6); k >= 0; k--) text.Append((random.NextNormal() * Math.Pow(10, random.NextInt(9) - 4)).ToString(k % 2 == 0 ? "R" : "F2", CultureInfo.InvariantCulture)).Append(k > 0 ? "," : "]");
            for (int k = random.NextInt(3); k > 0; k--) text[random.NextInt(text.Length)] = Signs[random.NextInt(Signs.Length)];
            float[]? expected = ByTokens(text.ToString()), read = Read(text.ToString());
            if (expected is not null) good++;
            Assert.True(expected is null ? read is null : read is not null && expected.SequenceEqual(read), text.ToString());
        }
        Assert.InRange(good, 20_000, 80_000);
    }

    [Fact]
    public void A_number_behind_a_long_array_is_read_as_if_there_were_none()
    {
        string numbers = string.Join(", ", Enumerable.Range(0, 1000).Select(i => (i / 8.0).ToString(CultureInfo.InvariantCulture)));
        string json = $$"""{"inputs":[{"data":[[{{numbers}}]],"name":"a","shape":[1,1000],"datatype":"FP32"},{"name":"b","datatype":"INT64","data":[7,8],"shape":[1,2]},{"name":"c","shape":[1,1],"datatype":"FP32","data":[0.5]}],"id":"after"}""";
        ModelValue[] values = [ModelValue.Of("a", [1000]), ModelValue.Of("b", [2], DType.Int64), ModelValue.Of("c", [1])];
        var request = InferRequest.Read(Encoding.UTF8.GetBytes(json), json.Length, values);
        Assert.Equal("after", request.Id);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => i / 8f), request.Inputs[0].ToArray<float>());
        Assert.Equal([7, 8], request.Inputs[1].ToArray<long>());
        Assert.Equal(0.5f, request.Inputs[2].Item<float>());
        string broken = json.Replace("\"id\"", "id", StringComparison.Ordinal);
        var refused = Assert.Throws<RefusedException>(() => InferRequest.Read(Encoding.UTF8.GetBytes(broken), broken.Length, values));
        Assert.Contains($"(line 1, byte {broken.LastIndexOf("id", StringComparison.Ordinal) + 1})", refused.Message, StringComparison.Ordinal);
    }
}
