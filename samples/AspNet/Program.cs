// A model among the services of a web application.
//
//     dotnet run --project samples/AspNet
//     curl 'localhost:5000/product?a=1.5&b=-1'
//
// Beside its own endpoint it has those of the Open Inference Protocol, /metrics and a page to try the model.

using Candeia;
using Candeia.NN;
using Candeia.Serving;
using Candeia.Training;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddCandeiaModel("product", () => new ServedLayer(Model.LoadOrTrain("product"), ModelValue.Of("x", [2]), ModelValue.Of("y", [1])));

var app = builder.Build();
app.MapCandeia();
app.MapGet("/product", async (float a, float b, [FromKeyedServices("product")] Predictor product) =>
    (await product.PredictAsync([Tensor.From([a, b], [1, 2])]))[0].ToArray<float>()[0]);
app.Run();

/// <summary>A network that has learnt to multiply two numbers between −2 and 2.</summary>
static class Model
{
    static Sequential Network() => new(new Linear(2, 64), new Tanh(), new Linear(64, 1));

    public static Sequential LoadOrTrain(string folder)
    {
        if (!Directory.Exists(folder)) Train(folder);
        return Fitted.Load(folder, Network).Model;
    }

    static void Train(string folder)
    {
        Generator.Seed(1);
        Tensor x = Tensor.Rand([512, 2]) * 4 - 2;
        Network().Setup((y, truth) => y.MseLoss(truth), p => new Adam(p, 0.01)).Quiet()
            .Fit(x, x.Prod([1], keepDim: true), epochs: 100)
            .Save(folder, new ModelNotes { Title = "The product of two numbers", Data = "512 drawn pairs between −2 and 2", Licence = "MIT" });
    }
}
