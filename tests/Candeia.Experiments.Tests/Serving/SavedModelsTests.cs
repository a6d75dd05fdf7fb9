using System.Globalization;
using System.Net;
using System.Text.Json;
using Candeia.Datasets;
using Candeia.Images;
using Candeia.NN;
using Candeia.Onnx;
using Candeia.Serving;
using Candeia.Text;
using Candeia.Vision;

namespace Candeia.Experiments.Tests;

/// <summary>What is served answers as what was saved.</summary>
public sealed class SavedModelsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_classifier_names_what_it_names_itself()
    {
        var classifier = new ImageClassifier("squeezenet1_1", ["ape", "bee", "cat", "dog", "elk", "fox"], 32);
        classifier.Save(_folder[Path.Combine("zoo", "model")]);
        var picture = new Image(40, 50, PixelFormat.Gray);
        picture.Pixels[..900].Fill(200);
        var (name, model) = SavedModels.Open(_folder["zoo"]);
        Assert.Equal("zoo", name);
        Assert.Equal("zoo", SavedModels.Open(_folder[Path.Combine("zoo", "model")]).Name);
        await using var predictor = new Predictor(model);
        var question = Assert.IsType<PictureQuestion>(model.Question);
        var answer = question.Tell(await predictor.PredictAsync(question.Read(picture.Encode()).Inputs));
        var expected = classifier.Classify(picture);
        Assert.Equal(expected[0].Class, answer.Text);
        Assert.Equal(expected.Take(5).Select(g => (g.Class, g.Probability)), answer.Parts.Select(p => (p.Name, p.Value)));
        Assert.ThrowsAny<FormatException>(() => question.Read(new byte[] { 1, 2, 3 }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_ONNX_file_is_served_by_what_it_says_of_itself(bool freeBatch)
    {
        Generator.Seed(1);
        var network = new Sequential(new Linear(4, 5), new Tanh(), new Linear(5, 2));
        network.ExportOnnx(_folder["my net.onnx"], Tensor.Zeros([3, 4]), freeBatch);
        var (name, model) = SavedModels.Open(_folder.Path);
        Assert.Equal(SavedModels.NameOf(_folder.Path), name);
        Assert.Equal("my-net", SavedModels.Open(_folder["my net.onnx"]).Name);
        Assert.Equal(freeBatch, model.Batches);
        Assert.Equal([freeBatch ? -1 : 3, 4], Assert.Single(model.Inputs).Shape);
        await using var predictor = new Predictor(model);
        Tensor[] questions = [.. Enumerable.Range(0, 20).Select(i => Tensor.Randn([3, 4], generator: new((ulong)i)))];
        var answers = await Task.WhenAll(questions.Select(q => predictor.PredictAsync([q])));
        for (int i = 0; i < questions.Length; i++)
        {
            using var off = Autograd.NoGrad();
            Assert.Equal(network.Forward(questions[i]).ToArray<float>(), answers[i][0].ToArray<float>());
        }
    }

    [Theory]
    [InlineData("rent")]
    [InlineData("quarter")]
    public async Task A_table_model_answers_people_and_programs_over_HTTP_as_it_answers_a_table(string target)
    {
        Generator.Seed(1);
        var flats = DrawnFlats.Draw(200, 1);
        var encoder = TableEncoder.Fit(flats, target);
        var model = new TableModel(encoder, new TableNet(encoder.Features.Count, [8], Math.Max(1, encoder.Classes.Count)));
        model.Save(_folder[Path.Combine("flats", "model")], "# A card");
        await using var server = await ServeAsync("flats");
        var (_, form) = await server.GetAsync("/v2/models/flats/ask");
        var fields = form.GetProperty("fields").EnumerateArray().ToDictionary(f => f.GetProperty("name").GetString()!, f => f.GetProperty("example").GetString()!);
        Assert.Equal(encoder.Columns, fields.Keys);
        if (target == "rent") Assert.Equal(6, form.GetProperty("fields")[3].GetProperty("choices").GetArrayLength());

        var row = CsvTable.Row(fields, encoder.Kinds);
        var expected = model.Predict(row);
        var (status, said) = await server.PostAsync("/v2/models/flats/ask", JsonSerializer.Serialize(fields));
        Assert.Equal(200, status);
        if (target == "rent") Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"rent = {(float)expected.Values[0]:G5}"), said.GetProperty("text").GetString());
        else
        {
            Assert.Equal(expected.Text(0), said.GetProperty("text").GetString());
            Assert.Equal(expected.Values.Max(), said.GetProperty("parts")[0].GetProperty("value").GetDouble(), 1e-6);
        }
        string numbers = string.Join(",", encoder.Encode(row).ToArray<float>().Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
        (status, said) = await server.PostAsync("/v2/models/flats/infer", $$"""{"inputs":[{"name":"row","shape":[1,{{encoder.Features.Count}}],"datatype":"FP32","data":[{{numbers}}]}]}""");
        Assert.Equal(200, status);
        var answered = said.GetProperty("outputs")[0].GetProperty("data").EnumerateArray().Select(v => v.GetDouble()).ToArray();
        Assert.Equal(expected.Values.Length, answered.Length);
        for (int i = 0; i < answered.Length; i++) Assert.Equal(expected.Values[i], answered[i], 1e-4 * Math.Max(1, Math.Abs(answered[i])));

        fields["floor"] = "many";
        (status, said) = await server.PostAsync("/v2/models/flats/ask", JsonSerializer.Serialize(fields));
        Assert.Equal((400, "'many' in the column 'floor' is no number; correct it, or leave it empty."), (status, said.GetProperty("error").GetString()));
        fields["floor"] = "";
        (_, said) = await server.PostAsync("/v2/models/flats/ask", JsonSerializer.Serialize(fields));
        Assert.Contains("'floor'", said.GetProperty("remark").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_model_answers_over_HTTP_as_it_answers_itself()
    {
        Generator.Seed(1);
        var classifier = new TextClassifier(new(TextNetwork.Bag, ["bad", "good"], MaxLength: 5), WordTokenizer.Build(["a fine day and a dull one"]));
        classifier.Save(_folder[Path.Combine("texts", "model")]);
        await using var server = await ServeAsync("texts");
        const string text = "a dull day and a fine one";
        double[] expected = classifier.Probabilities([text])[0];
        var (status, said) = await server.PostAsync("/v2/models/texts/ask", JsonSerializer.Serialize(new Dictionary<string, string> { ["text"] = text }));
        Assert.Equal((200, classifier.Classify(text).Name), (status, said.GetProperty("text").GetString()));
        Assert.Equal(expected.Max(), said.GetProperty("parts")[0].GetProperty("value").GetDouble(), 1e-6);
        string tokens = string.Join(",", classifier.Encoding.Encode(text));
        (status, said) = await server.PostAsync("/v2/models/texts/infer", $$"""{"inputs":[{"name":"tokens","shape":[1,5],"datatype":"INT64","data":[{{tokens}}]}]}""");
        Assert.Equal(200, status);
        Assert.Equal(expected[1], said.GetProperty("outputs")[0].GetProperty("data")[1].GetDouble(), 1e-6);
        (status, _) = await server.PostAsync("/v2/models/texts/infer", """{"inputs":[{"name":"tokens","shape":[1,1],"datatype":"INT64","data":[999]}]}""");
        Assert.Equal(400, status);
    }

    [Fact]
    public async Task A_language_model_goes_on_with_a_text_over_HTTP_as_it_does_itself()
    {
        Generator.Seed(1);
        var tokenizer = CharacterTokenizer.Build(["a fine day and a dull one"]);
        var model = new LanguageModel(new Gpt(new(tokenizer.VocabularySize, Context: 16, Layers: 1, Heads: 2, Width: 8)), tokenizer);
        model.Save(_folder["letters"]);
        await using var server = await ServeAsync("letters");
        var (_, asked) = await server.GetAsync("/v2/models/letters/ask");
        Assert.Equal("text", asked.GetProperty("kind").GetString());
        Assert.Equal(400, (await server.PostAsync("/v2/models/letters/ask", "{}")).Status);

        string expected = string.Concat(model.Generate("a fine", new() { MaxTokens = 40, Temperature = 0.7, TopK = 5, RepetitionPenalty = 1.2, Generator = new(7) }));
        const string question = """{"id":"q","text_input":"a fine","parameters":{"max_tokens":40,"temperature":0.7,"top_k":5,"repetition_penalty":1.2,"seed":7}}""";
        var (status, said) = await server.PostAsync("/v2/models/letters/generate", question);
        Assert.Equal((200, expected), (status, said.GetProperty("text_output").GetString()));
        Assert.Equal("q", said.GetProperty("id").GetString());
        using (var answer = await server.Http.PostAsync(new Uri("/v2/models/letters/generate_stream", UriKind.Relative), new StringContent(question)))
        {
            Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.ToString());
            string[] pieces = [.. (await answer.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
                .Select(p => JsonElement.Parse(p["data: ".Length..]).GetProperty("text_output").GetString()!)];
            Assert.Equal(40, pieces.Length);
            Assert.Equal(expected, string.Concat(pieces));
        }

        string tokens = string.Join(",", tokenizer.Encode("a fine"));
        (status, said) = await server.PostAsync("/v2/models/letters/infer", $$"""{"inputs":[{"name":"tokens","shape":[1,6],"datatype":"INT64","data":[{{tokens}}]}]}""");
        Assert.Equal(200, status);
        Assert.Equal([1, 6, tokenizer.VocabularySize], said.GetProperty("outputs")[0].GetProperty("shape").EnumerateArray().Select(s => s.GetInt32()));

        foreach (var (wrong, sentence) in new[]
        {
            ("""{"text_input":""}""", "the prompt is empty"), ("""{"text_input":"Z"}""", "Z"), ("{}", "no text_input"), ("""{"text_input":"a","parameters":{"top_p":2}}""", "TopP"),
            ("""{"text_input":"a","parameters":{"stop":"x"}}""", "no parameter 'stop'"), ("""{"text_input":"a","parameters":{"max_tokens":5000}}""", "at most 4096"), ("{", "no JSON"),
        })
            foreach (string way in new[] { "generate", "generate_stream" })
            {
                (status, said) = await server.PostAsync($"/v2/models/letters/{way}", wrong);
                Assert.Equal(400, status);
                Assert.Contains(sentence, said.GetProperty("error").GetString(), StringComparison.Ordinal);
            }
    }

    Task<PageServer> ServeAsync(string folder) => PageServer.StartAsync((told, cancel) =>
        ServeJob.RunAsync(new(_folder[folder], IPAddress.Loopback, 0, new(), 1 << 20), line => { if (line.StartsWith("http:", StringComparison.Ordinal)) told(line); }, cancel));

    [Fact]
    public void A_path_without_letters_is_a_model_all_the_same()
    {
        Assert.Equal("model", SavedModels.NameOf(Path.GetPathRoot(_folder.Path)!));
        Assert.Equal("runs-", SavedModels.NameOf(Path.Combine(_folder.Path, "runs ", "model")));
    }
}
