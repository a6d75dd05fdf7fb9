using System.Text;
using System.Text.Json;

namespace Candeia.Serving.Tests;

public class ProtocolTests
{
    static readonly ModelValue s_x = ModelValue.Of("x", [2, 3]);

    [Theory]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,2,3],"datatype":"FP32","data":[1,2,3,4,5,6]}]}""")]
    [InlineData("""{"id":"7","inputs":[{"data":[[[1,2,3],[4,5,6]]],"datatype":"FP32","shape":[1,2,3],"name":"x","parameters":{"a":[{}]}}],"extra":{"b":[1,[2]]}}""")]
    [InlineData(" { \"inputs\" : [ { \"name\" : \"\\u0078\" , \"shape\" : [ 1 , 2 , 3 ] , \"datatype\":\"FP32\", \"data\" : [ 1e0, 2.0 , 30e-1, 4,5,6 ] } ] } ")]
    public void Numbers_are_read_flat_or_nested_in_any_order(string json)
    {
        var request = Read(json, s_x);
        Assert.Equal([1, 2, 3, 4, 5, 6], request.Inputs[0].ToArray<float>());
        Assert.Equal([1, 2, 3], request.Inputs[0].Shape);
        Assert.Null(request.Outputs);
    }

    [Theory]
    [InlineData("not json", "no JSON")]
    [InlineData("", "no JSON")]
    [InlineData("[]", "must be an object")]
    [InlineData("{}", "has no inputs")]
    [InlineData("{\"inputs\":[]}", "x: FP32 [-1, 2, 3] is missing")]
    [InlineData("{\"inputs\":{}}", "inputs must be an array")]
    [InlineData("{\"inputs\":[{\"name\":\"y\"}]}", "no input 'y'")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2,3],\"datatype\":\"FP64\",\"data\":[]}]}", "'FP64' is another one")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,3,2],\"datatype\":\"FP32\",\"data\":[]}]}", "not the shape [1, 3, 2]")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"shape\":[0,2,3],\"datatype\":\"FP32\",\"data\":[]}]}", "no numbers")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"shape\":[2000000000,2,3],\"datatype\":\"FP32\",\"data\":[]}]}", "too many numbers")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"shape\":[300000000,2,3],\"datatype\":\"FP32\",\"data\":[1]}]}", "fewer numbers")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"shape\":[-1,2,3],\"datatype\":\"FP32\",\"data\":[1]}]}", "at least 0")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2,3],\"datatype\":\"FP32\",\"data\":[1,2,3,4,5]}]}", "fewer numbers")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2,3],\"datatype\":\"FP32\",\"data\":[1,2,3,4,5,6,7]}]}", "more numbers")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2,3],\"datatype\":\"FP32\",\"data\":[1,2,3,4,5,\"6\"]}]}", "number 6 is none")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2,3],\"datatype\":\"FP32\",\"data\":[1,2,3,4,5,1e99]}]}", "number 6 is none")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2,3],\"datatype\":\"FP32\"}]}", "has no data")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2,3],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":24}}]}", "24 bytes, but 0 are left")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2,3],\"datatype\":\"FP32\",\"data\":[1,2,3,4,5,6]},{\"name\":\"x\",\"shape\":[1,2,3],\"datatype\":\"FP32\",\"data\":[1,2,3,4,5,6]}]}", "twice")]
    [InlineData("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2,3],\"datatype\":\"FP32\",\"data\":[1,2,3,4,5,6]}]} {}", "no JSON")]
    public void What_is_wrong_is_said(string json, string words)
    {
        var refused = Assert.Throws<RefusedException>(() => Read(json, s_x));
        Assert.Equal(400, refused.Status);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DType.Bool, "[true,false,1,0]", new double[] { 1, 0, 1, 0 }, "2")]
    [InlineData(DType.UInt8, "[0,255,1,2]", new double[] { 0, 255, 1, 2 }, "256")]
    [InlineData(DType.Int8, "[-128,127,0,1]", new double[] { -128, 127, 0, 1 }, "128")]
    [InlineData(DType.Int16, "[-32768,32767,0,1]", new double[] { -32768, 32767, 0, 1 }, "32768")]
    [InlineData(DType.Int32, "[-2147483648,2147483647,0,1]", new double[] { int.MinValue, int.MaxValue, 0, 1 }, "1.5")]
    [InlineData(DType.Int64, "[-5,5,0,1]", new double[] { -5, 5, 0, 1 }, "1e30")]
    [InlineData(DType.Float16, "[0.5,-2,0,1]", new[] { 0.5, -2, 0, 1 }, "null")]
    [InlineData(DType.BFloat16, "[0.5,-2,0,1]", new[] { 0.5, -2, 0, 1 }, "{}")]
    [InlineData(DType.Float64, "[0.1,-2,0,1]", new[] { 0.1, -2, 0, 1 }, "true")]
    public void Every_type_goes_in_and_out_as_numbers_and_as_bytes(DType dtype, string data, double[] expected, string wrong)
    {
        var value = ModelValue.Of("x", [4], dtype);
        string Json(string numbers) => $$$"""{"inputs":[{"name":"x","shape":[1,4],"datatype":"{{{Datatypes.NameOf(dtype)}}}",{{{numbers}}}}],"parameters":{"binary_data_output":true}}""";
        var request = Read(Json($"\"data\":{data}"), value);
        Assert.Equal(dtype, request.Inputs[0].DType);
        Assert.Equal(expected, request.Inputs[0].To(DType.Float64).ToArray<double>());
        Assert.Throws<RefusedException>(() => Read(Json($"\"data\":[{wrong},0,0,0]"), value));

        var answer = InferAnswer.Write("m", request, [value], request.Inputs);
        byte[] bytes = answer.Body[answer.Json!.Value..].ToArray();
        Assert.Equal(4 * dtype.Size(), bytes.Length);
        byte[] header = Encoding.UTF8.GetBytes(Json($"\"parameters\":{{\"binary_data_size\":{bytes.Length}}}"));
        var again = InferRequest.Read((byte[])[.. header, .. bytes], header.Length, [value]);
        Assert.Equal(expected, again.Inputs[0].To(DType.Float64).ToArray<double>());

        var written = JsonDocument.Parse(InferAnswer.Write("m", request with { Binary = false }, [value], request.Inputs).Body).RootElement.GetProperty("outputs")[0];
        Assert.Equal(Datatypes.NameOf(dtype), written.GetProperty("datatype").GetString());
        var numbers = written.GetProperty("data").EnumerateArray().Select(e => e.ValueKind is JsonValueKind.True ? 1 : e.ValueKind is JsonValueKind.False ? 0 : e.GetDouble());
        Assert.Equal(expected, numbers);
    }

    [Fact]
    public void Outputs_are_those_that_are_asked_for()
    {
        ModelValue[] values = [ModelValue.Of("a", [1]), ModelValue.Of("b", [1])];
        var request = Read("""{"inputs":[{"name":"x","shape":[1,2,3],"datatype":"FP32","data":[1,2,3,4,5,6]}],"outputs":[{"name":"b","parameters":{"binary_data":false}}],"id":"a\"b"}""", s_x);
        var said = JsonDocument.Parse(InferAnswer.Write("m", request, values, [Tensor.Full([1, 1], 1f), Tensor.Full([1, 1], 2.5f)]).Body).RootElement;
        Assert.Equal("m", said.GetProperty("model_name").GetString());
        Assert.Equal("1", said.GetProperty("model_version").GetString());
        Assert.Equal("a\"b", said.GetProperty("id").GetString());
        var only = Assert.Single(said.GetProperty("outputs").EnumerateArray());
        Assert.Equal(2.5, only.GetProperty("data")[0].GetDouble());
        var unknown = request with { Outputs = [("c", null)] };
        Assert.Contains("no output 'c'", Assert.Throws<RefusedException>(() => InferAnswer.Write("m", unknown, values, [])).Message, StringComparison.Ordinal);
        var lost = Assert.Throws<RefusedException>(() => InferAnswer.Write("m", request, values, [Tensor.Zeros([1, 1]), Tensor.Full([1, 1], float.NaN)]));
        Assert.Equal(500, lost.Status);
        Assert.Contains("NaN", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_requests_are_refused_and_nothing_else()
    {
        byte[] json = Encoding.UTF8.GetBytes("""{"id":"7","inputs":[{"name":"x","shape":[1,2,3],"datatype":"FP32","data":[[[1,2.5,3],[4,-5,6e0]]]}],"outputs":[{"name":"y","parameters":{"binary_data":true}}],"parameters":{"binary_data_output":true}}""");
        byte[] header = Encoding.UTF8.GetBytes("""{"inputs":[{"name":"x","shape":[1,2,3],"datatype":"FP32","parameters":{"binary_data_size":24}}]}""");
        string[] words = ["[", "]", "{", "}", ",", "\"", "\\u", "-", "1e999", "null", "true", "\"data\":", "\"shape\":", "\"binary_data_size\":", "99999999999", "0.5"];
        Fuzz.Run([json, [.. header, .. new byte[24]]], [.. words.Select(Encoding.UTF8.GetBytes)], bytes =>
        {
            foreach (int length in (int[])[bytes.Length, Math.Min(header.Length, bytes.Length)])
                try { Assert.Equal(s_x.Shape.Count, InferRequest.Read(bytes, length, [s_x]).Inputs[0].Rank); }
                catch (RefusedException) { }
        });
        Fuzz.Run(["""{"a":"1","b":2,"c":true,"d":null}"""u8.ToArray()], [.. words.Select(Encoding.UTF8.GetBytes)], bytes =>
        {
            try { AskedForm.Read(bytes); }
            catch (RefusedException) { }
        });
    }

    [Fact]
    public void A_form_is_an_object_of_texts_and_numbers()
    {
        Assert.Equal([("a", "1"), ("b", "2.50"), ("c", "true"), ("d", "")], AskedForm.Read("""{"a":"1","b":2.50,"c":true,"d":null}"""u8).Select(f => (f.Key, f.Value)));
        Assert.Throws<RefusedException>(() => AskedForm.Read("""{"a":[]}"""u8));
        Assert.Throws<RefusedException>(() => AskedForm.Read("[1]"u8));
    }

    static InferRequest Read(string json, ModelValue value) => InferRequest.Read(Encoding.UTF8.GetBytes(json), Encoding.UTF8.GetByteCount(json), [value]);
}
