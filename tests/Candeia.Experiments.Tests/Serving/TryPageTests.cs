using System.Net;
using Candeia.Datasets;
using Candeia.Images;
using Candeia.NN;
using Candeia.Onnx;
using Candeia.Text;
using Candeia.Vision;

namespace Candeia.Experiments.Tests;

/// <summary>The page on which a served model is tried, for every kind of question: asked in a browser, and looked at.</summary>
public sealed class TryPageTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public TryPageTests() => Generator.Seed(1);

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public Task A_picture_is_asked_about() => TryAsync("zoo", folder => new ImageClassifier("squeezenet1_1", ["ape", "bumblebee of the garden", "cat", "dog", "elk", "fox"], 32).Save(folder),
        $$"""
        fetch("data:image/png;base64,{{Convert.ToBase64String(new Image(90, 60, PixelFormat.Gray).Encode())}}").then(p => p.blob()).then(p => picture(new File([p], "a.png")))
        """, "document.querySelectorAll('#answer .part').length === 5 && $('preview').naturalWidth === 90");

    [SkippableFact]
    public Task A_correlation_is_read() => TryAsync("net", folder => SavedNetwork.Save(Path.Combine(folder, "model.safetensors"), new MomentNet(), "best"),
        $$"""
        fetch("data:image/png;base64,{{Convert.ToBase64String(new Image(90, 60, PixelFormat.Gray).Encode())}}").then(p => p.blob()).then(p => picture(new File([p], "a.png")))
        """, "document.querySelector('#answer .big, #answer .warning')");

    [SkippableFact]
    public Task A_row_is_filled_in() => TryAsync("flats", folder =>
    {
        var flats = DrawnFlats.Draw(100, 1);
        var encoder = TableEncoder.Fit(flats, "quarter");
        new TableModel(encoder, new TableNet(encoder.Features.Count, [8], encoder.Classes.Count)).Save(folder, "# A card");
    }, "$('form').requestSubmit()", "document.querySelectorAll('#answer .part').length > 1");

    [SkippableFact]
    public Task A_text_is_told() => TryAsync("texts", folder => new TextClassifier(new(TextNetwork.Bag, ["bad", "good"], MaxLength: 5), WordTokenizer.Build(["a fine day and a dull one"])).Save(folder),
        "document.querySelector('#fields input').value = 'a fine day'; $('form').requestSubmit()", "document.querySelectorAll('#answer .part').length === 2");

    [SkippableFact]
    public Task A_text_is_gone_on_with() => TryAsync("letters", folder =>
    {
        var tokenizer = CharacterTokenizer.Build(["a fine day and a dull one"]);
        new LanguageModel(new Gpt(new(tokenizer.VocabularySize, Context: 16, Layers: 1, Heads: 2, Width: 8)), tokenizer).Save(folder);
    }, "$('beginning').value = 'a fine'; $('text').requestSubmit()", "document.querySelector('.written')?.lastChild.data.length === 300");

    [SkippableFact]
    public Task A_request_of_numbers_is_sent() => TryAsync("net.onnx", file => new Sequential(new Linear(4, 5), new Tanh(), new Linear(5, 2)).ExportOnnx(file, Tensor.Zeros([3, 4])),
        "$('send').click()", "$('reply').textContent.includes('outputs')");

    /// <summary>Serves what is saved under a name, and looks at the page before and after something was asked.</summary>
    async Task TryAsync(string name, Action<string> save, string ask, string answered)
    {
        if (!name.Contains('.', StringComparison.Ordinal)) Directory.CreateDirectory(_folder[name]);
        save(_folder[name]);
        await using var server = await PageServer.StartAsync((told, cancel) =>
            ServeJob.RunAsync(new(_folder[name], IPAddress.Loopback, 0, new(), 1 << 20), line => { if (line.StartsWith("http:", StringComparison.Ordinal)) told(line); }, cancel));
        for (int i = 0; i < 3000 && !await ReadyAsync(server); i++) await Task.Delay(20);
        await Looks.AtAsync(server.Address, $"try-{name}", async browser =>
        {
            await browser.UntilAsync("$('lead').textContent !== ''");
            Assert.Empty(await Looks.FaultsAsync(browser, $"try-{name}-begin", 400, dark: false));
            await browser.RunAsync(ask);
            await browser.UntilAsync(answered);
        });
    }

    static async Task<bool> ReadyAsync(PageServer server)
    {
        using var answer = await server.Http.GetAsync(new Uri("/v2/health/ready", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }
}
